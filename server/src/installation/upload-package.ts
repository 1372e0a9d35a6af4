import { recordActivity } from '../activity/index.ts';
import { ensureTitle, software } from '../inventory/index.ts';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { conflict, invalid } from '../kernel/errors.ts';
import type { ReceivedBlob } from '../kernel/storage/blob-store.ts';
import { packageDetails } from './activity-details.ts';
import { readFleetId } from './fleet.ts';
import { formats, recogniseFormat } from './formats/formats.ts';
import { BadPackage, type PackageMetadata } from './formats/package-format.ts';
import type { PackageRow } from './package.ts';
import { insertPackage, lockPackages, readPackages, readPackagesOfTitles } from './queries/packages.ts';
import type { Upload } from './read-upload.ts';

const MOST_OF_A_TITLE = 10;
/** What decides which hosts get a package, or what they do with it: ignoring it would install on hosts nobody meant. */
const NOT_YET = ['labels_include_any', 'labels_include_all', 'labels_exclude_any', 'automatic_install'];

/**
 * Adds a package to the library. What it is comes from the file, never from its name.
 * @throws AppError `validation_failed` for what is no good package, `conflict` when the library has it already
 */
export async function uploadPackage(ctx: Context, upload: Upload): Promise<PackageRow> {
  permitSome(ctx.actor, 'software:write');
  const { blob, fields, fileName } = upload;
  try {
    const fleetId = await readFleetId(ctx, fields.get('fleet_id') ?? fields.get('team_id'));
    permitIn(ctx.actor, 'software:write', { fleetId, thing: `Fleet ${fleetId}` });
    for (const name of NOT_YET) if (isGiven(fields.get(name))) throw invalid(name, 'is not supported yet');
    const { format, metadata } = await readMetadata(blob.file);
    const titleId = await ensureTitle(ctx, toSoftware(metadata));
    const scripts = formats[format].scripts;
    const row = {
      title_id: titleId,
      fleet_id: fleetId,
      file_name: fileName,
      format,
      name: metadata.name,
      version: metadata.version,
      arch: metadata.arch,
      platform: metadata.platform,
      source_package: metadata.sourcePackage,
      source_version: metadata.sourceVersion,
      sha256: blob.sha256,
      size: blob.size,
      install_script: fields.get('install_script') || scripts.install,
      uninstall_script: fields.get('uninstall_script') || scripts.uninstall,
      post_install_script: fields.get('post_install_script') ?? '',
      pre_install_query: fields.get('pre_install_query') ?? '',
      self_service: fields.get('self_service') === 'true',
      uploaded_at: ctx.clock(),
      uploaded_by: ctx.actor.kind === 'person' ? ctx.actor.name : 'Flotilla',
    };
    return await store(ctx, row, blob);
  } finally {
    await blob.discard();
  }
}

const isGiven = (value: string | undefined) => value !== undefined && value !== '' && value !== 'false';

async function readMetadata(file: string) {
  try {
    const format = await recogniseFormat(file);
    return { format, metadata: await formats[format].readMetadata(file) };
  } catch (error) {
    if (error instanceof BadPackage) throw invalid('software', error.message);
    throw error;
  }
}

function toSoftware({ source, name, version, arch, sourcePackage, sourceVersion }: PackageMetadata) {
  const made = software({ source, name, version, arch, sourcePackage, sourceVersion });
  if ('problem' in made) throw invalid('software', made.problem);
  return made;
}

async function store(
  ctx: Context,
  row: Parameters<typeof insertPackage>[1],
  blob: Pick<ReceivedBlob, 'keep'>,
): Promise<PackageRow> {
  return inTransaction(ctx, async (tx) => {
    await lockPackages(tx);
    const there = (await readPackagesOfTitles(tx, [row.title_id])).filter((one) => one.fleet_id === row.fleet_id);
    const twin = there.find((one) => one.version === row.version && one.arch === row.arch);
    if (twin) throw conflict('software', `${row.name} ${row.version} (${row.arch}) is in the library already`);
    if (there.length >= MOST_OF_A_TITLE) {
      throw conflict('software', `A title has ${MOST_OF_A_TITLE} packages at the most: delete one first`);
    }
    // Behind the lock, so that whoever sweeps blobs that nothing refers to does not meet this one.
    await blob.keep();
    const id = await insertPackage(tx, row);
    const [stored] = await readPackages(tx, [id]);
    if (!stored) throw new Error('the package was not stored');
    await recordActivity(ctx, tx, { type: 'added_software', details: packageDetails(stored) });
    return stored;
  });
}
