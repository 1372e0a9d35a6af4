import type { Action } from '@flotilla/contract/actions';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';
import type { Context } from '../../kernel/context.ts';
import { readTitles } from '../queries/behind.ts';
import { type LibraryPackage, readLibrary } from '../queries/packages.ts';
import { librariesOf } from '../reach.ts';
import { newestFirst } from '../versions.ts';
import { type Fixable, readFixable } from './queries/fixable.ts';

type Ready = Action['packages'][number];

/** Of each action the packages of the library that are its version or newer: of each of its titles the newest. */
export async function readReady(ctx: Context): Promise<Map<number, Ready[]>> {
  const library = await readLibrary(ctx.db, { titleIds: null, fleetIds: librariesOf(ctx, 'updates:read') });
  const packages = Map.groupBy(library, (one) => one.title_id);
  const titleIds = [...packages.keys()];
  const [fixable, titles] = await Promise.all([readFixable(ctx.db, titleIds), readTitles(ctx.db, titleIds)]);
  const ready = fixable.flatMap((one) => {
    const [newest] = newestFirst((packages.get(one.title_id) ?? []).filter((of) => fixes(of, one)));
    if (!newest) return [];
    const { id: installer_id, file_name: name, version, title_id } = newest;
    const title = titles.get(title_id)?.title ?? '';
    return [{ actionId: one.action_id, of: { title_id, title, installer_id, name, version } }];
  });
  const byAction = Map.groupBy(ready, (one) => one.actionId);
  return new Map([...byAction].map(([id, all]) => [id, all.map(({ of }) => of)]));
}

function fixes(of: LibraryPackage, { scheme, fix_version }: Fixable): boolean {
  const order = compareVersions(scheme, of.source_version || of.version, fix_version);
  return order === 0 || order === 1;
}
