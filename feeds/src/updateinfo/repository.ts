import { text } from 'node:stream/consumers';
import type { FeedFile, FeedFiles, Fetcher } from '../feed.ts';
import { childrenOf, readElements } from '../xml/read-elements.ts';

/** A repository of rpm packages that says which of its packages are security updates. */
export interface Repository {
  /** Among the feed's files, and in a mirror: `core`, `kernel-5.10`. */
  name: string;
  /** Where servers that have it are listed, one a line. */
  serverList: string;
  mirrorFolder: string;
  /** Nobody need have it: one of many. */
  isOptional?: true;
}

const INDEX_LIMIT = 1024 ** 2;

/** The files of a repository: its servers, its index, and its updates once the index names them. */
export function filesOf({ name, serverList, mirrorFolder, isOptional }: Repository) {
  const file = (ending: string, upstream: string | null): FeedFile => ({
    ...{ name: `${name}-${ending}`, upstream, mirrorPaths: [`${mirrorFolder}/${ending}`] },
    ...(isOptional && { isOptional }),
  });
  return {
    servers: file('mirror.list', serverList),
    index: (server: string) => file('repomd.xml', `${server}/repodata/repomd.xml`),
    updates: (address: string, edition?: string): FeedFile => ({
      ...file('updateinfo.xml', address),
      mirrorPaths: [`${mirrorFolder}/updateinfo.xml.gz`, `${mirrorFolder}/updateinfo.xml`],
      ...(edition && { edition }),
    }),
  };
}

/** Asks for a repository by the first server of its list. A repository whose index names no updates has none. */
export async function fetchRepository(fetcher: Fetcher, repository: Repository): Promise<void> {
  const { servers, index, updates } = filesOf(repository);
  if (!(await fetcher.file(servers))) return;
  const server = serverOf(await text(fetcher.open(servers.name)));
  // Without it, what is missing shows when the feed is read.
  if (!server || !(await fetcher.file(index(server)))) return;
  const described = await describedUpdates(fetcher, repository);
  if (described) await fetcher.file(updates(`${server}/${described.path}`, described.sha256 ?? undefined));
}

function serverOf(list: string): string | null {
  const [, server] = /^https?:\/\/([\w.-]+(?:\/[\w./~-]*)?)\s*$/m.exec(list) ?? [];
  return server === undefined ? null : `https://${server.replace(/\/+$/, '')}`;
}

/**
 * Where the updates are, below the repository, and the SHA-256 of their uncompressed bytes, as the index says.
 * @returns null where it names none
 */
export async function describedUpdates(
  files: Pick<FeedFiles, 'open'>,
  repository: Repository,
): Promise<{ path: string; sha256: string | null } | null> {
  const { name } = filesOf(repository).index('');
  for await (const data of readElements(files.open(name), { named: 'data', largest: INDEX_LIMIT })) {
    if (data.attributes.type !== 'updateinfo') continue;
    const path = childrenOf(data, 'location')[0]?.attributes.href ?? '';
    const sum = childrenOf(data, 'open-checksum').find(({ attributes }) => attributes.type === 'sha256')?.text ?? '';
    if (/^(?!\/)(?!.*\.\.)[\w./-]+$/.test(path)) return { path, sha256: /^[0-9a-f]{64}$/.test(sum) ? sum : null };
  }
  return null;
}
