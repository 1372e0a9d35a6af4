import { compareNumbers } from './numbers.ts';
import type { Order, Unparsable } from './scheme.ts';

/** `epoch:version-release`, as packages of RPM and pacman are numbered. Without a release it is null. */
export interface Evr {
  epoch: string;
  version: string;
  release: string | null;
}

/** Splits at the first colon and the last hyphen; an absent epoch is 0. */
export function parseEvr(text: string): Evr | Unparsable {
  if (text === '') return { problem: 'the version is empty' };
  const colon = text.indexOf(':');
  const epoch = colon === -1 ? '0' : text.slice(0, colon);
  if (!/^[0-9]+$/.test(epoch)) return { problem: 'the epoch is not a number' };
  const hyphen = text.lastIndexOf('-');
  const end = hyphen > colon ? hyphen : text.length;
  const version = text.slice(colon + 1, end);
  const release = end === text.length ? null : text.slice(end + 1);
  if (version === '') return { problem: 'nothing stands before the release' };
  if (release === '') return { problem: 'nothing follows the last hyphen' };
  return { epoch, version, release };
}

/** Epochs first, then versions, then releases; one without a release comes before the same with one. */
export function compareEvr(a: Evr, b: Evr, compareSegments: (a: string, b: string) => Order): Order {
  const order = compareNumbers(a.epoch, b.epoch) || compareSegments(a.version, b.version);
  if (order !== 0) return order;
  if (a.release === null) return b.release === null ? 0 : -1;
  return b.release === null ? 1 : compareSegments(a.release, b.release);
}
