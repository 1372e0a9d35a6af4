import { Link } from '@tanstack/react-router';
import { SlaSection } from '../due/sla-section.tsx';
import styles from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

/** By when findings are to be mended wherever a fleet does not say otherwise, and what the default does. */
export function DueDatesPage() {
  return (
    <SettingsPage title="Due dates" sentence="By when vulnerabilities are to be mended, unless a fleet says otherwise">
      <SlaSection />
      <section className={styles.section}>
        <h2>What the default does</h2>
        <p className={styles.note}>
          CISA’s directive BOD 26-04 gives 3, 14 or 60 days, or leaves it to the next upgrade. It asks whether a
          vulnerability is known to be exploited, whether attacks can be automated, whether they take over the whole
          system, and whether the internet reaches the host. Where nobody said that, the strictest time holds: say it on
          the page of a <Link to="/settings/fleets">fleet</Link> or a <Link to="/settings/labels">label</Link>.
        </p>
        <p className={styles.note}>
          Where these are not told of a vulnerability, it is 14 days if it is known to be exploited, 30 if it is
          critical, 60 if it is high and 90 if it is medium.
        </p>
      </section>
    </SettingsPage>
  );
}
