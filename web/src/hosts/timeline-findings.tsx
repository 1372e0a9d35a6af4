import type { TimelineEvent } from '@flotilla/contract/host-software';
import { Link } from '@tanstack/react-router';
import { number } from '../pieces/words.ts';
import styles from './timeline.module.css';

/** Which vulnerabilities came and went, each a link. */
export function TimelineFindings({ findings }: { findings: TimelineEvent['findings'] }) {
  return (
    <div className={styles.changes}>
      <Cves name="Opened" cves={findings.opened} count={findings.opened_count} />
      <Cves name="Closed" cves={findings.closed} count={findings.closed_count} />
    </div>
  );
}

function Cves({ name, cves, count }: { name: string; cves: readonly string[]; count: number }) {
  if (cves.length === 0) return null;
  return (
    <section>
      <h3>
        {name} <span className="quiet number">{number(count)}</span>
      </h3>
      <p className={styles.cves}>
        {cves.map((cve) => (
          <Link key={cve} to="/vulnerabilities/$cve" params={{ cve }} className="nowrap">
            {cve}
          </Link>
        ))}
      </p>
      {count > cves.length && (
        <p className="quiet">
          The first {number(cves.length)} of {number(count)} by name.
        </p>
      )}
    </section>
  );
}
