import { text } from 'node:stream/consumers';
import type { Feed, FeedFile, FeedFiles, FeedItem, Fetcher } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { readUpdates } from '../updateinfo/read-updates.ts';
import { fetchRepository, filesOf, type Repository } from '../updateinfo/repository.ts';

/** A release of Amazon Linux, as hosts call it. */
interface Release {
  feed: string;
  number: string;
  /** Where the core repository lists its servers. */
  core: string;
  /** The list of repositories beside the core, each for one line of a program: `kernel-5.10`, `php8.2`. */
  topics?: FeedFile;
}

const limits = { bytes: 2 * 1024 ** 3, recordBytes: 32 * 1024 ** 2, seconds: 600 };
const servers = 'https://cdn.amazonlinux.com';

/** The lists for one architecture have the packages of all. */
const ARCH = 'x86_64';

export const amazonLinux2 = amazonLinux({
  feed: 'amazon-linux-2',
  number: '2',
  core: `${servers}/2/core/latest/${ARCH}/mirror.list`,
  topics: {
    name: 'extras-catalog.json',
    upstream: `${servers}/2/extras-catalog.json`,
    mirrorPaths: ['amazon-linux/2/extras-catalog.json'],
    isOptional: true,
  },
});

export const amazonLinux2023 = amazonLinux({
  feed: 'amazon-linux-2023',
  number: '2023',
  core: `${servers}/al2023/core/mirrors/latest/${ARCH}/mirror.list`,
});

/**
 * The security updates of a release, from its repositories: of the newest version of the release where it has versions, whose
 * list has those of all before. Repositories of live patches are left out: a patched kernel keeps its version.
 */
function amazonLinux(release: Release): Feed {
  return {
    title: `Amazon Linux ${release.number} security updates`,
    tells: 'advisories',
    scopes: [`rpm:amzn-${release.number}:`],
    schedule: { everyMinutes: 360 },
    limits,
    async fetch(fetcher) {
      await fetchRepository(fetcher, coreOf(release));
      for (const topic of await fetchTopics(fetcher, release)) await fetchRepository(fetcher, topic.repository);
    },
    parse: (files) => parse(files, release),
  };
}

async function* parse(files: FeedFiles, release: Release): AsyncGenerator<FeedItem> {
  const list = { feed: release.feed, scope: `rpm:amzn-${release.number}`, line: '' };
  const core = coreOf(release);
  if (!files.has(filesOf(core).updates('').name)) throw new Error('the updates of the core repository are missing');
  yield* readUpdates(files, { repository: core, list, largest: limits.recordBytes });
  const topics = release.topics && files.has(release.topics.name) ? await topicsIn(files, release) : [];
  for (const { repository, line } of topics) {
    if (!files.has(filesOf(repository).updates('').name)) continue;
    yield* readUpdates(files, { repository, list: { ...list, line }, largest: limits.recordBytes });
  }
}

const coreOf = ({ number, core }: Release): Repository => ({
  name: 'core',
  serverList: core,
  mirrorFolder: `amazon-linux/${number}/core`,
});

interface Topic {
  repository: Repository;
  line: string;
}

async function fetchTopics(fetcher: Fetcher, release: Release): Promise<Topic[]> {
  return release.topics && (await fetcher.file(release.topics)) ? topicsIn(fetcher, release) : [];
}

/** `{topics: [{n: "kernel-5.10"}]}`; the number in a name is the line of versions that the topic is for. */
async function topicsIn(files: Pick<FeedFiles, 'open'>, { topics, number }: Release): Promise<Topic[]> {
  const catalogue: unknown = topics && JSON.parse(await text(files.open(topics.name)));
  const names = recordsIn(isRecord(catalogue) ? catalogue.topics : []).map(({ n }) => String(n));
  return names
    .filter((name) => /^[A-Za-z][\w.-]{0,60}$/.test(name) && name !== 'livepatch')
    .map((name) => ({
      repository: {
        name: `topic-${name}`,
        serverList: `${servers}/${number}/extras/${name}/latest/${ARCH}/mirror.list`,
        mirrorFolder: `amazon-linux/${number}/extras/${name}`,
        isOptional: true,
      },
      line: /\d+(?:\.\d+)*$/.exec(name)?.[0] ?? '',
    }));
}
