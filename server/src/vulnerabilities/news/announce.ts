import { detailsLink } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { readServerSettings } from '../../kernel/server-settings.ts';
import { addDeliveries } from '../queries/deliveries.ts';
import { listAffectedHosts, type NewsRow, takeNews } from '../queries/news.ts';
import { readReceivers } from './read-receivers.ts';
import type { Affecting } from './receiver.ts';

/** Vulnerabilities in one transaction. */
const BATCH = 20;

/** Turns news into what is to be delivered, each exactly once: the news go as the deliveries come. */
export async function announceNews(ctx: Context): Promise<void> {
  const { serverUrl } = await readServerSettings(ctx);
  const announce = async (tx: Tx) => {
    const news = await takeNews(tx, BATCH);
    const receivers = news.length > 0 ? await readReceivers(ctx, tx) : [];
    if (receivers.length === 0) return news.length;
    const now = ctx.clock();
    for (const one of news) {
      const hosts = await listAffectedHosts(tx, one.id);
      if (hosts.length === 0) continue;
      const told = toAffecting(
        one,
        hosts.map((host) => ({ ...host, url: `${serverUrl}/hosts/${host.id}` })),
      );
      const drafts = receivers.flatMap((receiver) =>
        receiver
          .bodies(told, now)
          .map((body, place) => ({ event: `${one.name} ${place + 1}`, receiver: receiver.name, body })),
      );
      await addDeliveries(tx, drafts, now);
    }
    return news.length;
  };
  while ((await inTransaction(ctx, announce)) === BATCH);
}

const toAffecting = (row: NewsRow, hosts_affected: Affecting['hosts_affected']): Affecting => ({
  cve: row.name,
  details_link: detailsLink(row.name),
  epss_probability: row.epss,
  cvss_score: row.cvss,
  cisa_known_exploit: row.is_exploited,
  cve_published: row.published_at?.toISOString() ?? null,
  hosts_affected,
});
