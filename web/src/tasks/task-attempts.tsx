import type { TaskDetail } from '@flotilla/contract/tasks';
import { took } from '../pieces/relative-time.ts';
import { ScrollText } from '../pieces/scroll-text.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { capital } from '../pieces/words.ts';
import { outcomeWords, stepName } from './step-words.ts';
import styles from './task-dialog.module.css';

type Result = TaskDetail['results'][number];

/** What the host said of each attempt, the last one first: every script with its end and its output. */
export function TaskAttempts({ task }: { task: TaskDetail }) {
  if (task.results.length === 0) return null;
  return (
    <section>
      {task.results.toReversed().map((result) => (
        <Attempt key={result.attempt} result={result} />
      ))}
    </section>
  );
}

function Attempt({ result }: { result: Result }) {
  return (
    <>
      <h3>
        Attempt {result.attempt}: {outcomeWords(result.outcome)} <TimeAgo at={result.at} />
      </h3>
      {result.reason && <p className={styles.step}>{capital(result.reason)}</p>}
      {result.steps.map((step) => (
        <Step key={step.step} step={step} attempt={result.attempt} />
      ))}
    </>
  );
}

function Step({ step, attempt }: { step: Result['steps'][number]; attempt: number }) {
  const name = stepName(step.step);
  const isGood = step.exit_code === 0;
  return (
    <div className={styles.step}>
      <div>
        <b>{name}</b>
        <span className={isGood ? 'quiet' : styles.bad}>
          {step.exit_code === null ? 'did not end by itself' : `exit code ${step.exit_code}`}
        </span>
        <span className="quiet number">{took(step.runtime_seconds)}</span>
        {step.timed_out && <span className={styles.bad}>ran out of time</span>}
        {step.cut && <span className={styles.warn}>only the end of a longer output</span>}
      </div>
      {step.output === '' ? (
        <p className="quiet">It wrote nothing.</p>
      ) : (
        <ScrollText label={`Output of attempt ${attempt}: ${name}`}>{step.output}</ScrollText>
      )}
    </div>
  );
}
