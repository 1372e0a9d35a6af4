import { cpeText } from '@flotilla/engine/identity/cpe-text';
import { identify as identifySoftware } from '@flotilla/engine/identity/identify';
import { knownCpeNames } from '@flotilla/engine/identity/known-cpe-names';
import type { Command } from './command.ts';
import { answerRows, type Row } from './ndjson.ts';
import { parseOptions } from './parse-options.ts';
import { createProgress } from './progress.ts';
import { toSoftware } from './software-row.ts';
import { systemOf } from './system-row.ts';

const usage = `Usage: flotilla identify < software.ndjson

Says what vulnerability data call software, with no server. Each line of standard input is a JSON object with name,
version and source (programs, apps, deb_packages, …), and where known vendor, bundle_identifier, upgrade_code,
extension_id, extension_for, release, arch, source_package, source_version, and os: {platform, name, version}. Each
is answered with a line on standard output: the same, and

  purl            Its package URL
  distro          The distribution release it belongs to: debian-12
  source_package  What a package of a distribution was built from, with source_version
  cpes            Its names in NVD's data, as CPE 2.3 names; none for packages of distributions and languages
  confidence      high, medium or low: that these names mean this software; null when there are none
  rule            The rule of our data that named it, or that says that nothing ever does

A line that cannot be read is answered with its number and what is wrong.`;

/** `flotilla identify`: asks the engine what software is called, with no server. */
export const identify: Command = { name: 'identify', summary: 'Say what vulnerability data call software', usage, run };

async function run(args: string[]): Promise<void> {
  parseOptions(args, {});
  const progress = createProgress('lines identified');
  await answerRows((row) => {
    progress.count(row.line);
    return [answer(row)];
  });
  progress.clear();
}

function answer(row: Row): object {
  if ('error' in row) return row;
  const { line, fields } = row;
  if (!fields.source) return { line, error: 'source is missing' };
  const software = toSoftware(fields);
  if ('error' in software) return { line, ...software };
  const system = systemOf(fields.os);
  const distribution = system && 'key' in system ? system : null;
  const { purl, sourcePackage, cpes, confidence, rule } = identifySoftware(software, {
    names: knownCpeNames,
    distribution,
  });
  return {
    ...fields,
    purl,
    distro: distribution && wireName(distribution.key),
    source_package: sourcePackage?.name ?? null,
    ...(sourcePackage && { source_version: sourcePackage.version }),
    cpes: cpes.map(cpeText),
    ...{ confidence, rule },
  };
}

/** Keys of contexts are made of what systems call themselves; here they are what people call them. */
const wireName = (key: string) => key.replace(/^amzn-/, 'amazon-').replace(/-rolling$/, '');
