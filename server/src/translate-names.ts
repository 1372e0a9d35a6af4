import type { BodyOf } from '@flotilla/contract/route';
import type { translate } from '@flotilla/contract/server';
import { mayEverywhere, permitSome } from './kernel/access.ts';
import type { Context } from './kernel/context.ts';
import { AppError, notFound } from './kernel/errors.ts';
import { readAccountIds, readFleetIds, readHostIds, readLabelIds } from './queries/names.ts';

type Named = BodyOf<typeof translate>['list'][number];
type Type = Named['type'];

/**
 * The ids of what is meant by names. In fleets one may not read, nothing has a name.
 * @throws AppError `not_found` naming the first that is not there, `forbidden` for other people's addresses
 */
export async function translateNames(ctx: Context, list: readonly Named[]): Promise<Named[]> {
  const types = [...new Set(list.map(({ type }) => type))];
  const known = new Map<string, number>();
  for (const type of types) {
    const names = list.filter((one) => one.type === type).map(({ payload }) => fold(type, payload.identifier));
    for (const { name, id } of await readIds(ctx, type, names)) known.set(`${type} ${name}`, id);
  }
  return list.map(({ type, payload: { identifier } }) => {
    const id = known.get(`${type} ${fold(type, identifier)}`);
    if (id === undefined) throw notFound(`The ${type} ${identifier}`);
    return { type, payload: { identifier, id } };
  });
}

/** Hosts are told apart by case, all others are not. */
const fold = (type: Type, name: string) => (type === 'host' ? name : name.trim().normalize('NFKC').toLowerCase());

function readIds({ actor, db }: Context, type: Type, names: readonly string[]) {
  if (type === 'user') {
    const isOwn = actor.kind === 'person' && names.every((name) => name === fold('user', actor.email));
    if (isOwn || mayEverywhere(actor, 'people:write')) return readAccountIds(db, names);
    throw new AppError('forbidden', { name: 'list', reason: 'Your role does not allow people:write' });
  }
  const fleets = permitSome(actor, 'hosts:read');
  const within = fleets === 'all' ? null : fleets;
  switch (type) {
    case 'label':
      return readLabelIds(db, names, within);
    case 'host':
      return readHostIds(db, names, within);
    default:
      return readFleetIds(db, names, within);
  }
}
