import { type Explanation, explainVulnerability } from '@flotilla/contract/explanation';
import { listHosts } from '@flotilla/contract/hosts';
import { listVersions } from '@flotilla/contract/software';
import { callServer, type ServerAccess } from '../call-server.ts';
import { softwareOfPurl } from '../match/purl-identity.ts';
import { UsageError } from '../usage-error.ts';

/** What a word stands for: a host by its id, UUID or name, or software as `name@version` or package URL. */
type Subject = { host_id: number } | { software_version_id: number };

/** Asks a server for all explanations of a vulnerability in a host's or a version's software. @throws Error when it is not there */
export async function askServer(
  access: ServerAccess,
  { subject, cve }: { subject: string; cve: string },
): Promise<Explanation[]> {
  const asked = await findSubjects(access, subject);
  const route = { ...explainVulnerability, path: explainVulnerability.path.replace(':cve', encodeURIComponent(cve)) };
  const answers = [];
  for (const query of asked) answers.push(await callServer(route, access, query));
  return answers.flatMap(({ explanations }) => explanations);
}

async function findSubjects(access: ServerAccess, subject: string): Promise<Subject[]> {
  if (subject.startsWith('pkg:')) return findPackage(access, subject);
  if (subject.startsWith('software:') || subject.includes('@'))
    return findVersions(access, subject.replace(/^software:/, ''));
  return [await findHost(access, subject.replace(/^host:/, ''))];
}

async function findHost(access: ServerAccess, text: string): Promise<Subject> {
  if (/^\d+$/.test(text)) return { host_id: Number(text) };
  const { hosts } = await callServer(listHosts, access, { query: text, per_page: 100 });
  const own = hosts.filter(({ uuid, hostname }) => [uuid, hostname].some((name) => isSame(name, text)));
  if (own.length > 1) throw new UsageError(`several hosts are called ${text}: give the id of one`);
  if (!own[0]) throw new Error(`no host is called ${text}; software is given as name@version`);
  return { host_id: own[0].id };
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

async function findVersions(access: ServerAccess, text: string): Promise<Subject[]> {
  if (/^\d+$/.test(text)) return [{ software_version_id: Number(text) }];
  const at = text.lastIndexOf('@');
  const [name, version] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, ''];
  return known(
    text,
    (await searchVersions(access, name)).filter((one) => isSame(one.name, name) && one.version === version),
  );
}

/** Versions on hosts that a package URL means: the name, version and kind of package, whatever else it says. */
async function findPackage(access: ServerAccess, purl: string): Promise<Subject[]> {
  const named = softwareOfPurl(purl);
  if ('error' in named) throw new UsageError(named.error);
  const { name, version, release, source } = named;
  return known(
    purl,
    (await searchVersions(access, name)).filter(
      (one) =>
        isSame(one.name, name) &&
        one.version === version &&
        one.source === source &&
        // The server leaves out a release that there is none of.
        (one.release ?? '') === release,
    ),
  );
}

const searchVersions = async (access: ServerAccess, query: string) =>
  (await callServer(listVersions, access, { query, per_page: 1000 })).software;

function known(text: string, versions: readonly { id: number }[]): Subject[] {
  if (versions.length === 0) throw new Error(`no host has ${text}`);
  return versions.map(({ id }) => ({ software_version_id: id }));
}
