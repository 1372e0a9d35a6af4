import type { ExposurePoint } from '@flotilla/contract/exposure';
import { number } from '../pieces/words.ts';

const reasons: Record<string, string> = {
  new_advisory: 'new advisories',
  new_software: 'new software',
  fixed: 'fixes',
  advisory_changed: 'advisories that changed',
  exception: 'exceptions',
  transfer: 'hosts moved between fleets',
  host_removed: 'hosts removed',
  rescored: 'other ratings',
  correction: 'a recount',
};

export interface Jump {
  at: string;
  by: number;
  /** "+340, mostly by new advisories". */
  words: string;
}

/** The largest moves of exposure that are worth a word: at least a twentieth of the highest score. */
export function jumpsOf(points: readonly ExposurePoint[], most = 3): Jump[] {
  const highest = Math.max(0, ...points.map(({ score }) => score));
  return points
    .flatMap(({ at, by_reason }) => {
      const parts = Object.entries(by_reason);
      const by = parts.reduce((sum, [, score]) => sum + score, 0);
      const [main] = parts.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0] ?? [];
      if (main === undefined || Math.abs(by) < highest / 20) return [];
      return [{ at, by, words: `${signed(by)}, mostly by ${reasons[main] ?? main}` }];
    })
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, most)
    .sort((a, b) => a.at.localeCompare(b.at));
}

export const scoreWords = (score: number): string => number(Math.round(score));
const signed = (by: number): string => `${by > 0 ? '+' : '−'}${scoreWords(Math.abs(by))}`;
