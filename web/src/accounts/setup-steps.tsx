import { IconCheck } from '@tabler/icons-react';
import { explanation, nextStep } from '../api/api-error.ts';
import styles from './door.module.css';

interface Props {
  /** Whether the server answered. */
  answers: boolean;
  error: unknown;
  done: boolean;
}

type State = 'done' | 'now' | 'later';

/** The steps of the first start; each fills itself as soon as it is known to be done. */
export function SetupSteps({ answers, error, done }: Props) {
  const server = answers
    ? `It answers at ${location.host}`
    : error
      ? `${explanation(error)} ${nextStep(error)}`
      : 'Asking it';
  return (
    <ol className={styles.steps} aria-label="First start">
      <Step number={1} name="The server runs" state={answers ? 'done' : 'now'} detail={server} />
      <Step
        number={2}
        name="The first administrator"
        state={done ? 'done' : answers ? 'now' : 'later'}
        detail="The form on this page; it works once"
      />
      <Step
        number={3}
        name="The first host reports"
        state={done ? 'now' : 'later'}
        detail="It appears in the list of hosts by itself, with its software"
      />
    </ol>
  );
}

function Step({ number, name, state, detail }: { number: number; name: string; state: State; detail: string }) {
  const words = { done: 'done', now: 'now', later: 'later' }[state];
  return (
    <li aria-current={state === 'now' ? 'step' : undefined}>
      <span className={styles.dot} data-state={state} role="img" aria-label={`Step ${number}, ${words}`}>
        {state === 'done' ? <IconCheck size={14} stroke={3} aria-hidden /> : number}
      </span>
      <b>{name}</b>
      <span className="quiet">{detail}</span>
    </li>
  );
}
