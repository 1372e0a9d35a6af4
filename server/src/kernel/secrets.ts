import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Encrypts what must be shown again (enrol secrets) with a key file kept apart from the database. */
export interface SecretBox {
  seal(plain: string): Buffer;
  open(sealed: Buffer): string;
}

const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM; a sealed value is nonce, tag, ciphertext. The first key seals, each opens: `readKeys` is asked every time, so
 * that a key changed meanwhile is heard of. `open` throws when the key is another or a bit was changed.
 */
export function createSecretBox(readKeys: () => readonly Buffer[]): SecretBox {
  return {
    seal(plain) {
      const [key] = readKeys();
      if (!key) throw new Error('keys/secret.key in the data folder holds no key: restore it from a backup');
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      for (const key of readKeys()) {
        const plain = tryKey(key, sealed);
        if (plain !== null) return plain;
      }
      throw new Error('keys/secret.key in the data folder is not the key this database was written with');
    },
  };
}

function tryKey(key: Buffer, sealed: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE));
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

export const keyFile = (dataDir: string) => join(dataDir, 'keys', 'secret.key');

/** The keys of this data folder, the one in use first; made at first start. */
export function readSecretKeys(dataDir: string): Buffer[] {
  return readOrMake(keyFile(dataDir), newKey)
    .split('\n')
    .filter(Boolean)
    .map((line) => Buffer.from(line, 'base64'));
}

const newKey = () => randomBytes(32).toString('base64');

/** Puts a new key before those that are there. */
export function addSecretKey(dataDir: string): void {
  writeKeys(dataDir, [Buffer.from(newKey(), 'base64'), ...readSecretKeys(dataDir)]);
}

/** Forgets all but the newest keys. */
export function keepSecretKeys(dataDir: string, count: number): void {
  writeKeys(dataDir, readSecretKeys(dataDir).slice(0, count));
}

/** Whoever reads meanwhile gets the old content or the new, whole. */
function writeKeys(dataDir: string, keys: readonly Buffer[]): void {
  const file = keyFile(dataDir);
  const text = keys.map((key) => `${key.toString('base64')}\n`).join('');
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

/** Reads a private file, or writes it first when it is not there; two starting processes agree on one content. */
export function readOrMake(file: string, make: () => string): string {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, make(), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8');
}

/** 192 random bits, safe in URLs and headers. */
export const newToken = () => randomBytes(24).toString('base64url');

/** Tokens are random, so one fast hash is enough; looking the hash up compares nothing in variable time. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest();
