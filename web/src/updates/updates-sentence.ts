import { counted, number } from '../pieces/words.ts';

/** The sentence the page of updates opens with. */
export function updatesSentence(behind: number | undefined, running: number | undefined): string {
  if (behind === undefined || running === undefined) return '';
  const moving =
    running === 0 ? 'no rollout is running' : `${counted(running, 'rollout')} ${running === 1 ? 'is' : 'are'} running`;
  if (behind === 0) return `No host is behind the library; ${moving}`;
  return `${number(behind)} ${behind === 1 ? 'title is' : 'titles are'} behind the library; ${moving}`;
}
