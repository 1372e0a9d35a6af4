import type { Affected, Remark } from '@flotilla/engine/advisories/advisory';

/** What the tracker says about a vulnerability in one release. */
export interface ReleaseEntry {
  status?: unknown;
  fixed_version?: unknown;
  urgency?: unknown;
  nodsa?: unknown;
  nodsa_reason?: unknown;
}

/**
 * One release's entry as a statement. An entry that cannot be understood becomes undetermined, with the problem: silence
 * would read as not affected.
 */
export function toAffected(key: string, entry: ReleaseEntry): { affected: Affected; problem: string | null } {
  const statement = statementOf(entry);
  const { problem = null, ...rest } = statement;
  return { affected: { key, scheme: 'dpkg', ...rest, remark: remarkOf(entry) }, problem };
}

/** What is no version of the scheme is kept for the evidence; what is no readable word is not. */
const plainText = /^[\x21-\x7e]{1,200}$/;

type Said = Pick<Affected, 'statement' | 'ranges'> & { problem?: string };

function statementOf({ status, fixed_version: fixed }: ReleaseEntry): Said {
  if (status === 'open') return { statement: 'ranges', ranges: [{}] };
  if (status === 'undetermined') return { statement: 'undetermined', ranges: [] };
  if (status !== 'resolved') return { statement: 'undetermined', ranges: [], problem: 'an unknown status' };
  if (typeof fixed !== 'string' || fixed === '') {
    return { statement: 'undetermined', ranges: [], problem: 'resolved without a version' };
  }
  if (!plainText.test(fixed)) return { statement: 'undetermined', ranges: [], problem: 'an odd version' };
  // The tracker's way of saying that no version in the release ever had it.
  if (fixed === '0') return { statement: 'not_affected', ranges: [] };
  return { statement: 'ranges', ranges: [{ fixed }] };
}

function remarkOf({ urgency, nodsa, nodsa_reason }: ReleaseEntry): Remark | undefined {
  if (urgency === 'end-of-life') return 'end_of_life';
  if (urgency === 'unimportant') return 'unimportant';
  if (nodsa_reason === 'ignored' || nodsa_reason === 'postponed') return nodsa_reason;
  return typeof nodsa === 'string' ? 'no_advisory' : undefined;
}
