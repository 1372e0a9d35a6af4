import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Id, IdParams, Nullable } from './shapes.ts';

const MergedTitle = Type.Object({ id: Type.Integer(), name: Type.String(), source: Type.String() });

export const TitleMerges = Type.Object({
  merged_into: Nullable(MergedTitle),
  merged: Type.Array(MergedTitle, { description: 'titles that are listed as this one' }),
});
export type TitleMerges = Static<typeof TitleMerges>;

export const titleMerges = {
  method: 'GET',
  path: '/api/v1/flotilla/software/titles/:id/merges',
  summary: 'Which titles are merged into a title, and into which it is merged itself',
  access: 'software:read',
  params: IdParams,
  response: TitleMerges,
} as const satisfies Route;

export const mergeTitle = {
  ...titleMerges,
  method: 'POST',
  path: '/api/v1/flotilla/software/titles/:id/merge',
  summary: 'List a title as another from now on: its versions, hosts and findings; it can be undone',
  access: 'software:write',
  body: Type.Object({ into: Id }),
} as const satisfies Route;

export const undoMerge = {
  ...titleMerges,
  method: 'DELETE',
  path: '/api/v1/flotilla/software/titles/:id/merge',
  summary: 'Undo the merge of a title',
  access: 'software:write',
} as const satisfies Route;
