import { feedNames, feeds } from '@flotilla/feeds/feeds';
import { reasonToHold } from '@flotilla/feeds/guards';
import { mirrorFiles } from '@flotilla/feeds/mirror-files';
import { survey } from '@flotilla/feeds/survey';
import { UsageError } from '../usage-error.ts';

/**
 * `flotilla feeds verify`: reads every feed of a mirror folder to its end, as a server would before it takes it into use. Ends with
 * code 1 when one is damaged or would be held.
 */
export async function verify([folder, ...more]: string[]): Promise<void> {
  if (folder === undefined || folder.startsWith('-') || more.length > 0) {
    throw new UsageError('flotilla feeds verify: say which folder');
  }
  let found = 0;
  for (const name of feedNames) {
    const files = await mirrorFiles(feeds[name], folder);
    if (!files) continue;
    found++;
    const { records, problems, trouble } = await survey(feeds[name], files).then(
      ({ delivery }) => ({ ...delivery, trouble: reasonToHold({ next: delivery, last: null, withdrawn: 0 }) }),
      (error: Error) => ({ records: 0, problems: 0, trouble: error.message }),
    );
    process.stdout.write(`${name}\t${records}\t${problems}\t${trouble?.replace(/\s+/g, ' ') ?? 'ok'}\n`);
    if (trouble) process.exitCode = 1;
  }
  if (found === 0) throw new UsageError(`${folder} has none of the feeds`);
}
