import { useNow } from '../../pieces/now.ts';
import { ago, exact } from '../../pieces/relative-time.ts';

/** By when something is due: "in 3 days", "2 days late". */
export function DueTime({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="quiet">no date</span>;
  const words = ago(at, now);
  const isOver = Date.parse(at) < now;
  return (
    <time dateTime={at} title={exact(at)} className="nowrap">
      {isOver ? <b>{words.replace(/ ago$/, ' late')}</b> : words}
    </time>
  );
}
