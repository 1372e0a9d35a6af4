import type { Explanation } from '@flotilla/contract/explanation';
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { Facts } from '../pieces/facts.tsx';
import { StateMark } from '../pieces/state-mark.tsx';
import styles from './evidence.module.css';
import { releaseWords } from './release-words.ts';
import { StatementEntry } from './statement-entry.tsx';
import { verdictNames, verdictSentence } from './verdict-words.ts';

/** One software and one vulnerability: what came of it, what was compared, and everything else that was said. */
export function ExplanationOf({ explanation }: { explanation: Explanation }) {
  const { software, statements } = explanation;
  const deciding = statements.find(({ role }) => role === 'decides');
  const others = statements.filter((statement) => statement !== deciding);
  return (
    <article className={styles.explanation}>
      <h3>
        {software.name} {software.version}
        {software.context && <span className="quiet"> on {releaseWords(software.context)}</span>}
      </h3>
      <p className={styles.verdict}>
        <VerdictMark verdict={explanation.verdict} />: {verdictSentence(explanation)}
      </p>
      {deciding && (
        <section>
          <h4>What decides</h4>
          <StatementEntry statement={deciding} />
        </section>
      )}
      <Identity explanation={explanation} />
      {others.length > 0 && (
        <section>
          <h4>What else was said</h4>
          <ul className={styles.others}>
            {others.map((statement) => (
              <li key={[statement.feed, statement.advisory, statement.key].join(' ')}>
                <StatementEntry statement={statement} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

const marks = {
  affected: [IconAlertTriangle, 'warn'],
  not_affected: [IconCircleCheck, 'good'],
  unknown: [IconHelpCircle, undefined],
  nothing_said: [IconHelpCircle, undefined],
  not_judged: [IconHelpCircle, undefined],
} as const;

function VerdictMark({ verdict }: Pick<Explanation, 'verdict'>) {
  const [icon, tone] = marks[verdict];
  return (
    <StateMark icon={icon} tone={tone}>
      <b>{verdictNames[verdict]}</b>
    </StateMark>
  );
}

/** What the software was taken for, and under which names anything was looked up. */
function Identity({ explanation: { identity, keys } }: { explanation: Explanation }) {
  const { purl, source_package: source, cpes, confidence, rule, rule_reason } = identity;
  return (
    <section>
      <h4>What it was taken for</h4>
      <Facts
        facts={[
          ['Package URL', <span key="purl" className="mono">{`${purl}`}</span>],
          ['Source package', source && `${source.name} ${source.version}`],
          ['CPE', cpes.length > 0 && <Lines key="cpes" lines={cpes} />],
          ['Named by', rule && `the rule ${rule}${rule_reason ? `: ${rule_reason}` : ''}`],
          ['Confidence of the names', confidence],
          ['Looked up as', keys.length === 0 ? 'nothing' : <Lines key="keys" lines={keys.map(keyText)} />],
        ]}
      />
    </section>
  );
}

const keyText = ({ key, is_covered }: Explanation['keys'][number]) =>
  is_covered ? key : `${key}, where no feed has anything`;

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line} className="mono">
          {line}
        </li>
      ))}
    </ul>
  );
}
