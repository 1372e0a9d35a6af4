import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { readLines } from '../text/read-lines.ts';

const limits = { bytes: 256 * 1024 ** 2, recordBytes: 4096, seconds: 300 };

const scores: FeedFile = {
  name: 'epss_scores.csv',
  upstream: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  mirrorPaths: ['epss/epss_scores-current.csv.gz', 'epss/epss_scores-current.csv'],
};

/** How likely FIRST deems attacks by each vulnerability. A new model shifts every score on one day. */
export const epss: Feed = {
  title: 'FIRST EPSS',
  tells: 'advisories',
  scopes: [],
  schedule: { everyMinutes: 360 },
  limits,
  fetch: (fetcher) => fetcher.file(scores),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  let place = 0;
  for await (const line of readLines(files.open(scores.name), limits.recordBytes)) {
    place++;
    if (place === 1) yield toPublication(line);
    else if (place === 2) {
      if (line !== 'cve,epss,percentile') throw new Error(`columns that are not known: ${line.slice(0, 80)}`);
    } else yield toItem(line, place);
  }
  if (place < 2) throw new Error('it ends before the first score');
}

/** `#model_version:v2025.03.14,score_date:2025-05-15T12:55:00Z` */
function toPublication(line: string): FeedItem {
  if (!line.startsWith('#')) throw new Error('no line about the model before the scores');
  const time = Date.parse(/score_date:([^,]+)/.exec(line)?.[1] ?? '');
  if (Number.isNaN(time)) return { record: 'line 1', problem: 'no date' };
  return { published: new Date(time).toISOString() };
}

function toItem(line: string, place: number): FeedItem {
  const [, id, probability, percentile] = /^(CVE-\d{4}-\d{4,}),([\d.e-]+),([\d.e-]+)$/.exec(line) ?? [];
  const likelihood = { probability: Number(probability), percentile: Number(percentile) };
  if (!id || !isShare(likelihood.probability) || !isShare(likelihood.percentile)) {
    return { record: `line ${place}`, problem: 'no score of a CVE' };
  }
  return { advisory: { feed: 'epss', id, vulnerabilities: [id], aliases: [], affected: [], likelihood } };
}

const isShare = (value: number) => value >= 0 && value <= 1;
