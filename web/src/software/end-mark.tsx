import type { EndOfLife } from '@flotilla/contract/end-of-life';
import { IconCalendarOff, IconCalendarTime } from '@tabler/icons-react';
import { useNow } from '../pieces/now.ts';
import { StateMark } from '../pieces/state-mark.tsx';
import { endWords } from './end-words.ts';

const soonMs = 90 * 86_400_000;

/** When the fixes of a release end; nothing is known where it is null. */
export function EndMark({ end }: { end: EndOfLife | null }) {
  const now = useNow();
  if (end === null) return <span className="quiet">unknown</span>;
  const isSoon = end.eol_date !== null && Date.parse(end.eol_date) - now < soonMs;
  const title = [end.product_name, end.cycle_name, end.eol_date, end.remark].filter(Boolean).join(', ');
  return (
    <StateMark
      icon={end.is_past ? IconCalendarOff : IconCalendarTime}
      tone={end.is_past ? 'bad' : isSoon ? 'warn' : undefined}
      title={title}
    >
      {endWords(end, now)}
    </StateMark>
  );
}
