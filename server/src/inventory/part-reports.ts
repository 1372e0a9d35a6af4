import { cleanText } from '../kernel/clean-text.ts';
import type { Answer, HostAnswers, Row } from '../kernel/host-queries.ts';
import { packSoftware } from './identity.ts';
import type { Software, SoftwareSource } from './software.ts';
import { allSources } from './sources.ts';

/** More rows than any real host has; above it something is wrong with the host or the answer. */
export const MOST_ROWS = 10_000;

export interface PartProblem {
  reason: string;
  count: number;
  example: string;
}

/** What one answer says of one part of one host. */
export interface PartReport {
  hostId: number;
  part: string;
  asked: number;
  receivedAt: Date;
  /** The distinct software by its packed identity; null when the part cannot be replaced, for `error`. */
  software: Map<string, Software> | null;
  /** Where each is, by packed identity. */
  paths: Map<string, string[]>;
  error: string | null;
  problems: PartProblem[];
}

/** Groups the answers of one request by part. A part that lacks the answer of one of its queries is not reported at all. */
export function readParts(answers: HostAnswers): PartReport[] {
  const here = allSources.filter((source) => source.platforms.includes(answers.platform));
  return [...Map.groupBy(here, (source) => source.part)].flatMap(([part, group]) => {
    const answered = group.flatMap((source) => {
      const answer = answers.answers.get(source.queryName);
      return answer ? [{ source, answer }] : [];
    });
    return answered.length === group.length ? [readPart(answers, part, answered)] : [];
  });
}

function readPart(
  { hostId, asked, receivedAt }: HostAnswers,
  part: string,
  answered: { source: SoftwareSource; answer: Answer }[],
): PartReport {
  const report: PartReport = {
    hostId,
    part,
    asked,
    receivedAt,
    software: null,
    paths: new Map(),
    error: null,
    problems: [],
  };
  const failed = answered.find(({ answer }) => 'error' in answer);
  if (failed && 'error' in failed.answer) return { ...report, error: cleanText(failed.answer.error).slice(0, 500) };
  const rowCount = answered.reduce((sum, { answer }) => sum + ('rows' in answer ? answer.rows.length : 0), 0);
  if (rowCount > MOST_ROWS) return { ...report, error: `${rowCount} rows: a part may have ${MOST_ROWS}` };
  report.software = new Map();
  const problems = collectProblems();
  for (const { source, answer } of answered) {
    for (const row of 'rows' in answer ? answer.rows : []) addRow(report, source, { row, problems });
  }
  return { ...report, problems: problems.list() };
}

function addRow(report: PartReport, source: SoftwareSource, { row, problems }: { row: Row; problems: Problems }): void {
  const clean = cleanRow(row);
  if (!clean) {
    problems.add('not an object of texts', row);
    return;
  }
  const software = source.toSoftware(clean);
  if (software === null) return;
  if ('problem' in software) {
    problems.add(software.problem, clean);
    return;
  }
  if (Object.values(software).some((value) => value.includes('\uFFFD')))
    problems.add('bytes that are not UTF-8, replaced', clean);
  const packed = packSoftware(software);
  report.software?.set(packed, software);
  if (software.installedPath) {
    report.paths.set(packed, [...(report.paths.get(packed) ?? []), software.installedPath]);
  }
}

function cleanRow(row: unknown): Row | null {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return null;
  const clean: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (typeof value !== 'string') return null;
    clean[name] = cleanText(value);
  }
  return clean;
}

interface Problems {
  add(reason: string, row: unknown): void;
  list(): PartProblem[];
}

function collectProblems(): Problems {
  const byReason = new Map<string, PartProblem>();
  return {
    add(reason, row) {
      const known = byReason.get(reason) ?? { reason, count: 0, example: cleanText(JSON.stringify(row)).slice(0, 200) };
      known.count += 1;
      byReason.set(reason, known);
    },
    list: () => [...byReason.values()],
  };
}
