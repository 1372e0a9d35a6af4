import { readFileSync } from 'node:fs';
import { isRecord, recordsIn } from '@flotilla/feeds/json/is-record';
import { UsageError } from '../usage-error.ts';

/**
 * What a bill of materials says of one component: `name`, `version`, `purl` and `cpe`, as far as it has them; one with
 * neither of the last two has a `source` that no matcher knows.
 */
export type Component = Record<string, unknown>;

/**
 * The components of a bill of materials: CycloneDX in JSON, or SPDX 2 in JSON.
 * @throws UsageError for what is neither
 */
export function readSbom(path: string): Component[] {
  const bill = parse(path);
  if (isRecord(bill) && bill.bomFormat === 'CycloneDX') return recordsIn(bill.components).flatMap(ofCycloneDx);
  if (isRecord(bill) && typeof bill.spdxVersion === 'string') return recordsIn(bill.packages).map(ofSpdx);
  throw new UsageError(`${path} is neither a bill of CycloneDX nor one of SPDX 2`);
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
}

/** Components may be made of others. */
function ofCycloneDx({ name, version, purl, cpe, components }: Record<string, unknown>): Component[] {
  return [component({ name, version, purl, cpe }), ...recordsIn(components).flatMap(ofCycloneDx)];
}

function ofSpdx({ name, versionInfo, externalRefs }: Record<string, unknown>): Component {
  const locator = (type: string) => recordsIn(externalRefs).find((ref) => ref.referenceType === type)?.referenceLocator;
  return component({ name, version: versionInfo, purl: locator('purl'), cpe: locator('cpe23Type') });
}

const component = (said: Component): Component =>
  said.purl || said.cpe ? said : { ...said, source: 'bill of materials' };
