import { useSecond } from './now.ts';
import { took } from './relative-time.ts';

/** How long something takes, counting on while it has no end. */
export function Elapsed({ from, to }: { from: string; to: string | null }) {
  return <span className="number nowrap">{to === null ? <Running from={from} /> : between(from, Date.parse(to))}</span>;
}

function Running({ from }: { from: string }) {
  return between(from, useSecond());
}

const between = (from: string, to: number) => took((to - Date.parse(from)) / 1000);
