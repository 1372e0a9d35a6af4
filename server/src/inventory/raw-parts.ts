import { createHash } from 'node:crypto';
import type { Answer, HostAnswers, Platform } from '../kernel/host-queries.ts';
import { UnreadRows } from '../kernel/unread-rows.ts';
import { type PartReport, readParts } from './part-reports.ts';
import { allSources, corrections } from './sources.ts';

/** What a host answered about one part, before anything of it is understood. */
export interface RawPart {
  hostId: number;
  part: string;
  asked: number;
  receivedAt: Date;
  /** Of the answers as they came. */
  digest: string;
  answers: HostAnswers;
}

/** The answers of one request by part; parts of which nothing was answered are left out. */
export function readRawParts(answers: HostAnswers): RawPart[] {
  const { hostId, asked, receivedAt } = answers;
  return [...queriesByPart(answers.platform)].flatMap(([part, names]) => {
    if (!names.some((name) => answers.answers.has(name))) return [];
    return [{ hostId, part, asked, receivedAt, digest: digestOf(answers, names), answers }];
  });
}

function digestOf({ answers }: HostAnswers, names: string[]): string {
  const hash = createHash('sha256');
  for (const name of names) {
    const answer = answers.get(name) ?? null;
    const said = answer instanceof UnreadRows ? answer.bytes : JSON.stringify(answer);
    hash.update(`${name} ${said.length}:`).update(said);
  }
  return hash.digest('base64');
}

/** Reads the rows of these parts. */
export function understand(raw: RawPart[]): PartReport[] {
  return [...Map.groupBy(raw, (one) => one.answers)].flatMap(([answers, parts]) => {
    const byPart = queriesByPart(answers.platform);
    const names = new Set(parts.flatMap(({ part }) => byPart.get(part) ?? []));
    const wanted = [...answers.answers].filter(([name]) => names.has(name));
    return readParts({ ...answers, answers: new Map(wanted.map(([name, answer]) => [name, readAnswer(answer)])) });
  });
}

/** What is wrong with one answer stays with the parts that are read from it. */
function readAnswer(answer: Answer): Answer {
  if (!(answer instanceof UnreadRows)) return answer;
  try {
    return { rows: answer.rows };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const byPlatform = new Map<Platform, Map<string, string[]>>();

/** Every query that a part is read from. */
function queriesByPart(platform: Platform): Map<string, string[]> {
  const known = byPlatform.get(platform);
  if (known) return known;
  const here = [...allSources, ...corrections].filter((one) => one.platforms.includes(platform));
  const byPart = Map.groupBy(here, ({ part }) => part);
  const names = new Map([...byPart].map(([part, group]) => [part, [...new Set(group.map((one) => one.queryName))]]));
  byPlatform.set(platform, names);
  return names;
}
