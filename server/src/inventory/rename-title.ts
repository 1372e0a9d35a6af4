import { recordActivity } from '../activity/index.ts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { invalid, notFound } from '../kernel/errors.ts';
import { sortName } from './identity.ts';
import { lockTitle, nameTitle } from './queries/titles.ts';

/**
 * Gives an app another name, which stays whatever hosts report.
 * @throws AppError `not_found`, `validation_failed` for a title that is told by its name
 */
export async function renameTitle(ctx: Context, titleId: number, wanted: string): Promise<void> {
  permit(ctx.actor, 'server:write');
  const name = wanted.trim();
  await inTransaction(ctx, async (tx) => {
    const title = await lockTitle(tx, titleId);
    if (!title) throw notFound(`Software title ${titleId}`);
    if (title.bundle_identifier === '') {
      throw invalid(
        'name',
        `${title.display_name} has no bundle id to tell it by: only titles with one can be renamed`,
      );
    }
    if (title.display_name === name) return;
    await nameTitle(tx, titleId, { name, sortName: sortName(name) });
    await recordActivity(ctx, tx, {
      type: 'edited_software',
      details: { software_title: name, software_title_id: titleId, previous_software_title: title.display_name },
    });
  });
}
