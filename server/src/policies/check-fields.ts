import { choosePackage } from '../installation/index.ts';
import type { Tx } from '../kernel/db/database.ts';
import { conflict, invalid } from '../kernel/errors.ts';
import type { PolicyFields } from './policy.ts';
import { platformsOf } from './policy.ts';
import * as changes from './queries/changes.ts';
import { whyNoRule } from './version-rule.ts';

interface Checked {
  /** Absent for a new policy. */
  id?: number;
  fleetId: number | null;
  fields: PolicyFields;
  before?: PolicyFields;
  /** The fleets whose packages may be installed; null are all. */
  libraries: readonly number[] | null;
}

/**
 * Checks what only the database can tell, in the transaction that stores it.
 * @throws AppError `conflict` for a name that is taken, `validation_failed` for what does not exist or cannot be compared
 */
export async function checkFields(tx: Tx, { id, fleetId, fields, before, libraries }: Checked): Promise<void> {
  const twin = await changes.findByName(tx, fleetId, fields.name);
  if (twin !== null && twin !== id) throw conflict('name', `There is a policy ${fields.name} here already`);
  if (fields.titleId !== null && fields.minimumVersion !== null) {
    const rule = { titleId: fields.titleId, minimum: fields.minimumVersion };
    await checkRule(tx, rule, fields);
  }
  const { installTitleId } = fields;
  if (installTitleId === null || installTitleId === before?.installTitleId) return;
  if (!(await choosePackage(tx, { titleId: installTitleId, fleetIds: libraries }))) {
    throw invalid('software_title_id', `Title ${installTitleId} has no package in the library: upload one first`);
  }
}

async function checkRule(
  tx: Tx,
  { titleId, minimum }: { titleId: number; minimum: string },
  fields: PolicyFields,
): Promise<void> {
  const title = await changes.readTitle(tx, titleId);
  if (!title) throw invalid('version_rule', `There is no software title ${titleId}`);
  const problem = whyNoRule({ source: title.source, minimum });
  if (problem !== null) throw invalid('version_rule', problem);
  if (!platformsOf(fields).includes('linux')) throw invalid('platform', `${title.name} is software of Linux`);
}
