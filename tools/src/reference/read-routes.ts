import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Route } from '../../../contract/src/route.ts';

/** The routes that one file of the contract declares. */
export interface RouteGroup {
  name: string;
  routes: Route[];
}

/** Every route of the contract, by file, in the order of paths. */
export async function readRoutes(folder: string): Promise<RouteGroup[]> {
  const files = readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const groups = await Promise.all(
    files.sort().map(async (file) => ({
      name: file.replace('.ts', ''),
      routes: routesIn(await import(pathToFileURL(join(folder, file)).href)),
    })),
  );
  return groups.filter((group) => group.routes.length > 0);
}

/** Routes among the values of a module, also those in a record of routes. */
function routesIn(module: object): Route[] {
  const values = Object.values(module);
  const nested = values.filter((value) => isObject(value) && !isRoute(value)).flatMap((value) => Object.values(value));
  return [...values, ...nested]
    .filter(isRoute)
    .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isRoute = (value: unknown): value is Route =>
  isObject(value) && 'method' in value && 'path' in value && 'summary' in value && 'access' in value;
