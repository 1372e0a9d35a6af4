import { cleanText } from '../kernel/clean-text.ts';
import type { Answer, HostAnswers, Row } from '../kernel/host-queries.ts';
import { packSoftware } from './identity.ts';
import type { RowSource, Software } from './software.ts';
import { allSources, corrections } from './sources.ts';
import { understandRow } from './understand-row.ts';

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

/**
 * Groups the answers of one request by part. A part that lacks the answer of one of its queries is not reported at all, nor
 * is one whose tables this osquery does not have: nothing is known of it then.
 */
export function readParts(answers: HostAnswers): PartReport[] {
  const here = allSources.filter((source) => source.platforms.includes(answers.platform));
  return [...Map.groupBy(here, (source) => source.part)].flatMap(([part, group]) => {
    const answered = group.flatMap((source) => {
      const answer = answers.answers.get(source.queryName);
      return answer ? [{ source, answer }] : [];
    });
    if (answered.length < group.length) return [];
    const told = answered.filter(({ source, answer }) => !(source.optional && lacksTable(answer)));
    return told.length > 0 ? [readPart(answers, part, told)] : [];
  });
}

/** What SQLite says of a table that this osquery was not built with. */
export const lacksTable = (answer: Answer) => 'error' in answer && answer.error.startsWith('no such table');

/** Corrections of the part with what the host answered to them. */
function correctionsOf({ platform, answers }: HostAnswers, part: string) {
  return corrections.flatMap((correction) => {
    const answer = answers.get(correction.queryName);
    const isHere = correction.part === part && correction.platforms.includes(platform);
    return isHere && answer && !lacksTable(answer) ? [{ correction, answer }] : [];
  });
}

function readPart(answers: HostAnswers, part: string, answered: { source: RowSource; answer: Answer }[]): PartReport {
  const { hostId, asked, receivedAt } = answers;
  const fixes = correctionsOf(answers, part);
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
  const failed = [...answered, ...fixes].find(({ answer }) => 'error' in answer);
  if (failed && 'error' in failed.answer) return { ...report, error: cleanText(failed.answer.error).slice(0, 500) };
  const rowCount = answered.reduce((sum, { answer }) => sum + rowsOf(answer).length, 0);
  if (rowCount > MOST_ROWS) return { ...report, error: `${rowCount} rows: a part may have ${MOST_ROWS}` };
  report.software = new Map();
  const problems = collectProblems();
  const correct = (software: Software) =>
    fixes.reduce((fixed, { correction, answer }) => correction.correct(fixed, rowsOf(answer)), software);
  for (const { source, answer } of answered) {
    for (const row of rowsOf(answer)) addRow(report, source, { row, problems, correct });
  }
  return { ...report, problems: problems.list() };
}

const rowsOf = (answer: Answer): Row[] => ('rows' in answer ? answer.rows : []);

interface RowToAdd {
  row: Row;
  problems: Problems;
  correct(software: Software): Software;
}

function addRow(report: PartReport, source: RowSource, { row, problems, correct }: RowToAdd): void {
  const read = understandRow(source, row);
  if (read === null) return;
  if ('problem' in read) {
    problems.add(read.problem, row);
    return;
  }
  const software = correct(read.software);
  const packed = software === read.software ? read.packed : packSoftware(software);
  if (packed.includes('\uFFFD') || software.installedPath.includes('\uFFFD'))
    problems.add('bytes that are not UTF-8, replaced', row);
  report.software?.set(packed, software);
  if (software.installedPath) {
    report.paths.set(packed, [...(report.paths.get(packed) ?? []), software.installedPath]);
  }
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
