import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db/database.ts';
import { readStoredSettings } from '../../kernel/server-settings.ts';
import { isComplete, systemNames, ticketReceiver } from '../tickets/systems.ts';
import type { Receiver } from './receiver.ts';
import { type WebhookSettings, webhook } from './webhook.ts';

type Part = Record<string, unknown>;

/** Those who are to be told of vulnerabilities now. */
export async function readReceivers(ctx: Context, db: Context['db'] | Tx = ctx.db): Promise<Receiver[]> {
  const { sealed } = await readStoredSettings(ctx, db);
  const hooks = (sealed.webhook_settings ?? {}) as Record<string, Part>;
  const integrations = (sealed.integrations ?? {}) as Record<string, Part[] | null>;
  const hook = hooks.vulnerabilities_webhook;
  const isOn = hook?.enable_vulnerabilities_webhook === true && typeof hook.destination_url === 'string';
  const tickets = systemNames.flatMap((name) =>
    (integrations[name] ?? [])
      .filter((one) => one.enable_software_vulnerabilities === true && isComplete(name, one))
      .map((one) => ticketReceiver(name, one)),
  );
  return [...(isOn ? [webhook({ host_batch_size: 0, ...hook } as unknown as WebhookSettings)] : []), ...tickets];
}
