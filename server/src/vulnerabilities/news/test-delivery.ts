import { randomUUID } from 'node:crypto';
import { permit } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { addDeliveries } from '../queries/deliveries.ts';
import { readReceivers } from './read-receivers.ts';
import type { Affecting } from './receiver.ts';

const EXAMPLE: Affecting = {
  cve: 'CVE-0000-0000',
  details_link: 'https://nvd.nist.gov/vuln/detail/CVE-0000-0000',
  epss_probability: null,
  cvss_score: null,
  cisa_known_exploit: false,
  cve_published: null,
  hosts_affected: [
    { id: 0, hostname: 'test', display_name: 'This is a test of Flotilla', url: '', software_installed_paths: [] },
  ],
};

/**
 * Has everybody told of a vulnerability that is none, the way real ones are.
 * @returns who
 * @throws AppError `validation_failed` where nobody is told of vulnerabilities
 */
export async function testDeliveries(ctx: Context): Promise<{ receivers: string[] }> {
  permit(ctx.actor, 'server:write');
  const receivers = await readReceivers(ctx);
  if (receivers.length === 0)
    throw invalid('webhook_settings', 'nobody is told of vulnerabilities: enable somebody first');
  const now = ctx.clock();
  const event = `test ${randomUUID()}`;
  const drafts = receivers.flatMap((receiver) =>
    receiver.bodies(EXAMPLE, now).map((body) => ({ event, receiver: receiver.name, body })),
  );
  await addDeliveries(ctx.db, drafts, now);
  return { receivers: receivers.map(({ name }) => name) };
}
