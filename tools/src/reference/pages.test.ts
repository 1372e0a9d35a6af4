import { expect, it } from 'vitest';
import type { Route } from '../../../contract/src/route.ts';
import { withTree } from '../temporary-tree.ts';
import { apiPage } from './api.ts';
import { configurationPage } from './configuration.ts';
import { describeType, fieldsOf, type Schema } from './describe-schema.ts';
import { readRoutes } from './read-routes.ts';

it('finds routes among the exports of each file, also in records of routes', async () => {
  const files = {
    'hosts.ts':
      "export const b = { method: 'GET', path: '/b', summary: 'B', access: 'public' };\nexport const other = 1;",
    'agents.ts': "export const all = { a: { method: 'POST', path: '/a', summary: 'A', access: 'node-key' } };",
    'shapes.ts': 'export const shape = { type: "string" };',
    'hosts.test.ts': "throw new Error('a test is no contract');",
  };
  const groups = await withTree(files, readRoutes);
  expect(groups.map(({ name, routes }) => [name, ...routes.map((route) => route.path)])).toEqual([
    ['agents', '/a'],
    ['hosts', '/b'],
  ]);
});

it('says types in words', () => {
  const types: [Schema, string][] = [
    [{ type: 'integer' }, 'integer'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string or null'],
    [{ enum: ['on', 'off'] }, 'one of `on`, `off`'],
    [{ type: 'array', items: { type: 'object' } }, 'array of objects'],
    [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, 'array of (string or null)'],
    [{ type: 'string', format: 'date-time' }, 'time'],
    [{ type: 'object', patternProperties: { '.*': {} } }, 'object by name'],
    [{}, 'any'],
  ];
  for (const [schema, words] of types) expect(describeType(schema)).toBe(words);
});

it('lists fields inside objects, lists and what may be null', () => {
  const inner: Schema = { type: 'object', properties: { id: { type: 'integer', minimum: 1, maximum: 9 } } };
  const schema: Schema = {
    properties: { a: inner, b: { type: 'array', items: inner }, c: { anyOf: [inner, { type: 'null' }] } },
    required: ['a'],
  };
  expect(fieldsOf(schema).map((field) => field.name)).toEqual(['a', 'a.id', 'b', 'b[].id', 'c', 'c.id']);
  expect(fieldsOf(schema)[1]).toEqual({ name: 'a.id', type: 'integer', isRequired: false, about: '1 to 9' });
  expect(fieldsOf(schema)[0]?.isRequired).toBe(true);
});

it('writes a page a reader can search: what, for whom, and every field', () => {
  const route = { method: 'GET', path: '/x', summary: 'An | x', access: 'hosts:read' } satisfies Route;
  const text = apiPage([
    { name: 'things', routes: [{ ...route, query: { properties: { q: { type: 'string' } } } as never }] },
  ]);
  expect(text).toContain('| `GET /x` | An \\| x | the permission `hosts:read` |');
  expect(text).toContain('### GET /x\n\nAn | x. For the permission `hosts:read`.\n\n**In the query**');
  expect(text).toContain('| `q` | string | no |  |');
});

it('says what a setting is without a value', () => {
  const text = configurationPage({
    properties: {
      DIR: { type: 'string', description: 'A folder.' },
      PORT: { type: 'integer', default: 80, description: 'A port.' },
      URL: { type: 'string', description: 'An address.' },
    },
    required: ['DIR', 'PORT'],
  });
  expect(text).toContain('| `DIR` | string | must be set | A folder. |');
  expect(text).toContain('| `PORT` | integer | `80` | A port. |');
  expect(text).toContain('| `URL` | string | none | An address. |');
});
