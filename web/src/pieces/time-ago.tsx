import { useNow } from './now.ts';
import { ago, exact, isNever } from './relative-time.ts';

/** How long ago something was; the exact time and zone on hover. */
export function TimeAgo({ at }: { at: string | null | undefined }) {
  const now = useNow();
  if (at == null || isNever(at)) return <span className="quiet">never</span>;
  return (
    <time dateTime={at} title={exact(at)} className="nowrap">
      {ago(at, Math.max(now, Date.parse(at)))}
    </time>
  );
}
