import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from '../kernel/context.ts';
import { readCaBundle } from '../kernel/tls.ts';

/** The certificates that hosts must trust, as PEM; empty when they trust something that we do not know. */
export interface TrustedCas {
  text: string;
  sha256: string;
}

export interface CaBundle {
  read(): TrustedCas;
}

/** A new CA is announced by another process, on this machine: its file is read again after this long. Milliseconds. */
const FRESH_FOR = 5000;

export function createCaBundle({ config, clock, log }: Context): CaBundle {
  let known: TrustedCas = { text: '', sha256: '' };
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    read() {
      const now = clock().getTime();
      if (Math.abs(now - readAt) < FRESH_FOR) return known;
      readAt = now;
      try {
        const text = certificatesIn(
          config.tls.certFile ? readFileSync(config.tls.certFile, 'utf8') : readCaBundle(config.dataDir),
        );
        known = { text, sha256: createHash('sha256').update(text).digest('hex') };
      } catch (error) {
        log.error({ err: error }, 'the CAs that hosts must trust cannot be read');
      }
      return known;
    },
  };
}

/** A file that people brought may hold more than certificates, such as the key. */
const certificatesIn = (text: string) =>
  (text.match(/-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----/g) ?? [])
    .map((certificate) => `${certificate}\n`)
    .join('');
