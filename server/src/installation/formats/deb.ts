import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dpkg } from '@flotilla/engine/versions/dpkg';
import { isUnparsable } from '@flotilla/engine/versions/scheme';
import { AR_MAGIC, type ArMember, readArMembers } from './ar-archive.ts';
import { decompress } from './decompress.ts';
import { BadPackage, type PackageFormat, type PackageMetadata } from './package-format.ts';
import { walkTar } from './tar-members.ts';

const MIB = 1024 * 1024;
const CONTROL_LIMITS = { mostBytes: 64 * MIB, mostMembers: 1000, within: 10_000 };
const CONTROL_FILE_BYTES = MIB;
/** Beyond any real package: the largest of Debian unpack to some gigabytes and hold some hundred thousand files. */
const DATA_LIMITS = { mostBytes: 32 * 1024 * MIB, mostMembers: 1_000_000, within: 180_000 };
/** How much a package may grow: text packs to a hundredth, a bomb to a thousandth. */
const MOST_GROWTH = 250;
const FREE_GROWTH_BYTES = 64 * MIB;

const INSTALL = `#!/bin/sh
set -eu
export DEBIAN_FRONTEND=noninteractive
if command -v apt-get >/dev/null; then
  exec apt-get install --yes --no-install-recommends --allow-downgrades \\
    -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$INSTALLER_PATH"
fi
exec dpkg --install --force-confdef --force-confold "$INSTALLER_PATH"
`;
const UNINSTALL = `#!/bin/sh
set -eu
export DEBIAN_FRONTEND=noninteractive
if command -v apt-get >/dev/null; then
  exec apt-get purge --yes -o DPkg::Lock::Timeout=120 "$PACKAGE_NAME"
fi
exec dpkg --purge "$PACKAGE_NAME"
`;

/** Debian packages. Format: deb(5); what the control file may say: Debian Policy 5.6. */
export const deb: PackageFormat = {
  recognise: (head) => head.toString('latin1').startsWith(`${AR_MAGIC}debian-binary`),
  readMetadata,
  scripts: { install: INSTALL, uninstall: UNINSTALL },
};

async function readMetadata(file: string): Promise<PackageMetadata> {
  const { size } = await stat(file);
  const members = await membersOf(file, size);
  const [control, data] = [find(members, 'control.tar'), find(members, 'data.tar')];
  const metadata = toMetadata(readFields(await readControlFile(file, control)));
  const mostBytes = Math.min(DATA_LIMITS.mostBytes, FREE_GROWTH_BYTES + size * MOST_GROWTH);
  await walkTar(
    decompress(data.name, bytesOf(file, data)),
    { ...DATA_LIMITS, mostBytes },
    { wants: () => 0, take: () => {} },
  );
  return metadata;
}

async function readControlFile(file: string, member: ArMember): Promise<string> {
  const found: string[] = [];
  await walkTar(decompress(member.name, bytesOf(file, member)), CONTROL_LIMITS, {
    wants: (name) => (name === 'control' ? CONTROL_FILE_BYTES : 0),
    take: (_name, content) => void found.push(content.toString('utf8')),
  });
  const [text] = found;
  if (text === undefined) throw new BadPackage('It has no control file');
  return text;
}

async function membersOf(file: string, size: number): Promise<ArMember[]> {
  const handle = await open(file, 'r');
  try {
    return await readArMembers(handle, size);
  } finally {
    await handle.close();
  }
}

function find(members: ArMember[], name: string): ArMember {
  const found = members.find((member) => member.name === name || member.name.startsWith(`${name}.`));
  if (!found) throw new BadPackage(`It is truncated or no Debian package: it has no ${name}`);
  if (found.start === found.end) throw new BadPackage(`It is truncated: ${found.name} is empty`);
  return found;
}

const bytesOf = (file: string, { start, end }: ArMember) => createReadStream(file, { start, end: end - 1 });

/** Fields of a control file by name in lower case; lines that go on are not needed. */
function readFields(text: string): Map<string, string> {
  return new Map(
    text
      .split('\n')
      .filter((line) => /^[A-Za-z][A-Za-z0-9-]*:/.test(line))
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );
}

const NAME = /^[a-z0-9][a-z0-9+.-]{1,199}$/;
const ARCHITECTURE = /^[a-z0-9][a-z0-9-]{0,63}$/;

function toMetadata(fields: Map<string, string>): PackageMetadata {
  const field = (name: string) => fields.get(name) ?? '';
  const [, sourcePackage = field('package'), sourceVersion = field('version')] =
    /^(\S+)(?:\s+\((\S+)\))?$/.exec(field('source')) ?? [];
  check('Package', field('package'), NAME.test(field('package')));
  check('Source', sourcePackage, NAME.test(sourcePackage));
  check('Architecture', field('architecture'), ARCHITECTURE.test(field('architecture')));
  check('Version', field('version'), isVersion(field('version')));
  check('Source', sourceVersion, isVersion(sourceVersion));
  return {
    name: field('package'),
    version: field('version'),
    arch: field('architecture'),
    platform: 'linux',
    source: 'deb_packages',
    sourcePackage,
    sourceVersion,
  };
}

const isVersion = (text: string) => text.length <= 255 && !isUnparsable(dpkg.parse(text));

function check(name: string, value: string, isGood: boolean): void {
  if (isGood) return;
  const what = value === '' ? 'is missing' : `is ${JSON.stringify(value.slice(0, 100))}, which Debian does not allow`;
  throw new BadPackage(`The field ${name} of its control file ${what}`);
}
