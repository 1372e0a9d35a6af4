import { fileURLToPath } from 'node:url';

/** The folder of the clone or installation. */
export const repository = fileURLToPath(new URL('..', import.meta.url));
