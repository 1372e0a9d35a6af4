import {
  IconAlertOctagon,
  IconAlertSquareRounded,
  IconAlertTriangle,
  IconCircleChevronDown,
  IconCircleMinus,
} from '@tabler/icons-react';
import { StateMark } from '../pieces/state-mark.tsx';
import { capital } from '../pieces/words.ts';
import { levelOf, type SeverityLevel } from './severity-words.ts';

const icons = {
  critical: IconAlertOctagon,
  high: IconAlertTriangle,
  medium: IconAlertSquareRounded,
  low: IconCircleChevronDown,
  none: IconCircleMinus,
};
const tones = { critical: 'bad', high: 'warn', medium: undefined, low: undefined, none: undefined } as const;

interface Props {
  /** CVSS */
  score: number | null;
  /** Where it is told; else the score has a word. */
  level?: SeverityLevel | null;
}

/** How severe a vulnerability is, as a shape, a word and the score. */
export function SeverityMark({ score, level = score === null ? null : levelOf(score) }: Props) {
  if (level === null) return <span className="quiet">not rated</span>;
  return (
    <StateMark icon={icons[level]} tone={tones[level]} title={score === null ? 'No score is known' : 'Score of CVSS'}>
      {capital(level)}
      {score !== null && <span className="number"> {score.toFixed(1)}</span>}
    </StateMark>
  );
}
