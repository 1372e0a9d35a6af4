import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../kernel/context.ts';
import { AppError, badRequest, invalid } from '../kernel/errors.ts';
import { BlobTooLarge, type ReceivedBlob } from '../kernel/storage/blob-store.ts';

/** Bytes of a package, as Fleet's servers take them by default. */
const MOST_BYTES = 10 * 1024 ** 3;
const MOST_TEXT_BYTES = 512 * 1024;

/** A form as it was sent: the file aside of the store, and the texts by name. */
export interface Upload {
  blob: ReceivedBlob;
  fileName: string;
  fields: Map<string, string>;
}

/**
 * Reads a multipart form with one file in its field `software`. Whoever calls keeps or discards the file.
 * @throws AppError when the form is none; nothing is then left of it
 */
export async function readUpload(ctx: Context, request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_media_type', { name: 'base', reason: 'Send multipart/form-data' });
  }
  const fields = new Map<string, string>();
  let file: { blob: ReceivedBlob; fileName: string } | null = null;
  const limits = { fileSize: MOST_BYTES + 1, fieldSize: MOST_TEXT_BYTES, parts: 50, files: 1 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') file = await receive(ctx, part);
      else fields.set(part.fieldname, decode(request, part.fieldname, String(part.value)));
    }
  } catch (error) {
    await file?.blob.discard();
    throw toAppError(error as Error & { code?: string });
  }
  if (!file) throw invalid('software', 'is missing: send the package as a file');
  return { ...file, fields };
}

async function receive(ctx: Context, part: MultipartFile) {
  if (part.fieldname !== 'software')
    throw invalid(part.fieldname, 'is no file field: the package goes into `software`');
  const blob = await ctx.store.receive(part.file, { mostBytes: MOST_BYTES });
  return { blob, fileName: safeName(part.filename) };
}

/** Only a label: what the package is stands in the package. */
const safeName = (name: string) =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}"]/gu, '')
    .slice(0, 255) || 'package';

const ENCODED = new Set(['install_script', 'uninstall_script', 'pre_install_query', 'post_install_script']);

/** Firewalls that read along take scripts for attacks, so programs may send them encoded. */
function decode(request: FastifyRequest, name: string, value: string): string {
  const isEncoded = request.headers['x-fleet-scripts-encoded'] === 'base64' && ENCODED.has(name);
  const text = isEncoded ? Buffer.from(value, 'base64').toString('utf8') : value;
  if (text.includes('\0')) throw badRequest(name, 'must not contain the character U+0000');
  return text;
}

function toAppError(error: Error & { code?: string }): Error {
  if (error instanceof BlobTooLarge || error.code === 'FST_REQ_FILE_TOO_LARGE') {
    return new AppError('too_large', { name: 'software', reason: `A package may have ${MOST_BYTES / 1024 ** 3} GiB` });
  }
  if (error.code === 'ENOSPC') {
    return new AppError('unavailable', { name: 'software', reason: 'The disk of the server is full' });
  }
  if (error instanceof AppError || !isBrokenForm(error)) return error;
  return badRequest('base', `The form could not be read: ${error.message}`);
}

const isBrokenForm = ({ code = '', message }: { code?: string; message: string }) =>
  /^FST_|^ERR_STREAM_PREMATURE_CLOSE$|^ECONNRESET$/.test(code) ||
  /unexpected end|malformed|boundary|aborted/i.test(message);
