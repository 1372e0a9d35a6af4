import { fileURLToPath } from 'node:url';
import { errors } from '../../../contract/src/errors.ts';
import { Environment } from '../../../server/src/kernel/config.ts';
import type { WrittenFile } from '../written-file.ts';
import { apiPage } from './api.ts';
import { configurationPage } from './configuration.ts';
import { errorsPage } from './errors.ts';
import { readRoutes } from './read-routes.ts';

const inRepository = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The reference pages as they should be. */
export async function referencePages(): Promise<WrittenFile[]> {
  const routes = await readRoutes(inRepository('contract/src'));
  return [
    { path: inRepository('docs/reference/api.md'), text: apiPage(routes) },
    { path: inRepository('docs/reference/configuration.md'), text: configurationPage(Environment) },
    { path: inRepository('docs/reference/errors.md'), text: errorsPage(errors) },
  ];
}
