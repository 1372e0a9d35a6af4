import { getConfig } from '@flotilla/contract/config';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import { ReceiverForm } from './receiver-form.tsx';
import styles from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

/** Who is told of new vulnerabilities, and how that went. */
export function WebhooksPage() {
  const asked = useQuery(ask(getConfig, {}));
  const config = asked.data;
  return (
    <SettingsPage
      title="Webhooks and tickets"
      sentence="Told of vulnerabilities that are new on hosts and were published in the last 30 days"
    >
      {asked.error && !config && (
        <Trouble what="The settings could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !config && <PanelSkeleton lines={4} />}
      {config && (
        <section className={styles.section}>
          <ReceiverForm key={JSON.stringify([config.webhook_settings, config.integrations])} config={config} />
        </section>
      )}
      <DeliveryLog />
    </SettingsPage>
  );
}
