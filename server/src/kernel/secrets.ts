import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Encrypts what must be shown again (enrol secrets) with a key file kept apart from the database. */
export interface SecretBox {
  seal(plain: string): Buffer;
  open(sealed: Buffer): string;
}

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM; a sealed value is nonce, tag, ciphertext. `open` throws when the key is another or a bit was changed. */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    seal(plain) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE));
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new Error('keys/secret.key in the data folder is not the key this database was written with', { cause });
      }
    },
  };
}

/** The key file of this data folder, made at first start. */
export function readSecretKey(dataDir: string): Buffer {
  return Buffer.from(
    readOrMake(join(dataDir, 'keys', 'secret.key'), () => randomBytes(32).toString('base64')),
    'base64',
  );
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
