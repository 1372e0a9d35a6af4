import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { invalid } from '../kernel/errors.ts';

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: object,
) => Promise<Buffer>;

// OWASP's second recommendation for scrypt: 64 MB a hash.
const COST = { N: 2 ** 16, r: 8, p: 2, maxmem: 128 * 1024 * 1024 };
const LENGTH = 32;

/** `scrypt$N$r$p$salt$hash`, so that the cost can be raised later without losing the older ones. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, LENGTH, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Takes the same time for a wrong password as for a right one. */
export async function checkPassword(password: string, stored: string): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = stored.split('$');
  const expected = Buffer.from(hash, 'base64');
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const actual = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), expected.length, cost);
  return timingSafeEqual(actual, expected);
}

/**
 * Fleet's rule, without its upper limit of 48 characters.
 * @returns what is missing, in a sentence; null when the password will do
 */
export function passwordProblem(password: string): string | null {
  if ([...password].length < 12) return 'must have at least 12 characters';
  if (!/\p{Nd}/u.test(password)) return 'must contain a digit';
  if (!/[\p{P}\p{S}]/u.test(password)) return 'must contain a symbol, such as ! or -';
  return null;
}

/** @throws AppError `validation_failed` that says what the password lacks */
export function requirePassword(field: string, password: string | undefined): asserts password is string {
  const problem = password === undefined ? 'must be set' : passwordProblem(password);
  if (problem) throw invalid(field, problem);
}
