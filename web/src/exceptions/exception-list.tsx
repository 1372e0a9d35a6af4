import type { VulnerabilityException } from '@flotilla/contract/exceptions';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useNow } from '../pieces/now.ts';
import { ago, exact } from '../pieces/relative-time.ts';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { EndException } from './end-exception.tsx';
import { justificationWords, scopeWords, softwareWords, statusWords, whyEnded } from './exception-words.ts';
import styles from './exceptions.module.css';

/** Exceptions with what they are about, why, who answers for them and until when. */
export function ExceptionList({
  exceptions,
  named,
}: {
  exceptions: readonly VulnerabilityException[];
  /** Whether the vulnerability is told with each. */
  named?: boolean;
}) {
  return (
    <ul className={`panel ${styles.list}`}>
      {exceptions.map((one) => (
        <li key={one.id} data-row="">
          <div className={styles.what}>
            <p>
              <b>{statusWords[one.status]}</b>
              {named && <Subject exception={one} />} on {scopeWords(one.scope)}
              {softwareWords(one) !== '' && `, as far as ${softwareWords(one)} has it`}
            </p>
            <p>
              {one.justification && `${sentence(justificationWords[one.justification])} `}
              {one.reason}
            </p>
            <p className="quiet">
              <Life exception={one} />
            </p>
          </div>
          {one.state !== 'ended' && <EndException exception={one} />}
        </li>
      ))}
    </ul>
  );
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function Subject({ exception: { cve } }: { exception: VulnerabilityException }): ReactNode {
  if (cve === null) return ': everything found';
  return (
    <>
      {': '}
      <Link to="/vulnerabilities/$cve" params={{ cve }}>
        {cve}
      </Link>
    </>
  );
}

function Life({ exception }: { exception: VulnerabilityException }) {
  const { state, since, until, ended_at, owner, vex } = exception;
  return (
    <>
      {owner ? `${owner.name} answers for it` : 'Nobody answers for it'}
      {vex && `, from the VEX document ${vex.document}`}.{' '}
      {state === 'ended' && ended_at && (
        <>
          Ended <TimeAgo at={ended_at} />: {whyEnded(exception)}
        </>
      )}
      {state === 'planned' && (
        <>
          Begins <Coming at={since} />
        </>
      )}
      {state === 'active' && until === null && 'Holds without an end'}
      {state === 'active' && until !== null && (
        <>
          Reopens <Coming at={until} />
        </>
      )}
    </>
  );
}

/** A moment that is still to come, and how long until then. */
function Coming({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at, now)}
    </time>
  );
}
