import { writeFiles } from '../written-file.ts';
import { schemaFiles } from './artefacts.ts';

writeFiles(await schemaFiles());
