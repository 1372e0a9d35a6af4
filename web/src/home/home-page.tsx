import { useMay } from '../accounts/may.ts';
import { Empty } from '../pieces/empty.tsx';
import { Page } from '../pieces/page.tsx';
import { DataHealth } from './data-health.tsx';
import { DueCards } from './due-cards.tsx';
import { ExposurePanel } from './exposure-panel.tsx';
import { FirstActions } from './first-actions.tsx';
import { FirstSteps } from './first-steps.tsx';
import styles from './home.module.css';
import { HomeSentence } from './home-sentence.tsx';
import { RolloutsInFlight } from './rollouts-in-flight.tsx';

/** What to do first, and the lists that prove it. */
export function HomePage() {
  const mayRead = useMay('software:read', 'somewhere');
  if (!mayRead) {
    return (
      <Page title="Home">
        <Empty title="Your role reads no hosts and no software">
          <p className="quiet">What you may open is in the list of pages.</p>
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Home" sentence={<HomeSentence />}>
      <FirstSteps />
      <DueCards />
      <FirstActions />
      <div className={styles.columns}>
        <ExposurePanel />
        <div className={styles.side}>
          <RolloutsInFlight />
          <DataHealth />
        </div>
      </div>
    </Page>
  );
}
