import { writeFiles } from '../written-file.ts';
import { referencePages } from './pages.ts';

writeFiles(await referencePages());
