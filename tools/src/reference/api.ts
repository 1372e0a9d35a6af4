import type { Access, Route } from '../../../contract/src/route.ts';
import { type Field, fieldsOf, type Schema } from './describe-schema.ts';
import type { RouteGroup } from './read-routes.ts';
import { page, table } from './table.ts';

/** The page about every endpoint. */
export function apiPage(groups: RouteGroup[]): string {
  const overview = groups.flatMap((group) =>
    group.routes.map((route) => [`\`${route.method} ${route.path}\``, route.summary, whoMay(route.access)]),
  );
  return page('API', 'the routes in `contract/src`', [
    'A person sends `Authorization: Bearer <token>` or the session cookie. Errors have the form that the [errors](errors.md) page shows. The same routes as OpenAPI 3.1: `GET /api/openapi.json` of a running server.',
    'Routes below `/api/v1/fleet/` also answer below `/api/latest/fleet/` and `/api/2022-04/fleet/`.',
    table(['endpoint', 'what', 'who may'], overview),
    ...groups.flatMap((group) => [`## ${group.name}`, ...group.routes.map(routeSection)]),
  ]);
}

function whoMay(access: Access): string {
  switch (access) {
    case 'public':
      return 'everyone';
    case 'session':
      return 'every signed-in person';
    case 'setup-token':
      return 'whoever holds the set-up token';
    case 'node-key':
      return 'an enrolled host';
    default:
      return `the permission \`${access}\``;
  }
}

function routeSection(route: Route): string {
  const parts: [title: string, schema: Schema | undefined][] = [
    ['In the path', route.params],
    ['In the query', route.query],
    ['Body', route.body],
    ['Answer', route.response],
  ];
  const described = parts.flatMap(([title, schema]) => {
    const fields = schema ? fieldsOf(schema) : [];
    const presence = title === 'Answer' ? 'always there' : 'required';
    return fields.length === 0 ? [] : [`**${title}**`, fieldTable(fields, presence)];
  });
  return [`### ${route.method} ${route.path}`, `${route.summary}. For ${whoMay(route.access)}.`, ...described].join(
    '\n\n',
  );
}

const fieldTable = (fields: Field[], presence: string) =>
  table(
    ['field', 'type', presence, ''],
    fields.map(({ name, type, isRequired, about }) => [`\`${name}\``, type, isRequired ? 'yes' : 'no', about]),
  );
