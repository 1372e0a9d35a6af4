import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Milliseconds a body may take to arrive. */
const WITHIN = 120_000;
const UPLOAD_WITHIN = 6 * 3_600_000;

/** Cuts off bodies that take too long, so that slow senders cannot hold connections for ever. */
export function cutSlowBodies(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, next) => {
    if (hasBody(request)) {
      const isUpload = request.headers['content-type']?.startsWith('multipart/form-data');
      const timer = setTimeout(() => request.raw.destroy(), isUpload ? UPLOAD_WITHIN : WITHIN);
      timer.unref();
      request.raw.once('close', () => clearTimeout(timer));
    }
    next();
  });
}

const hasBody = ({ headers }: FastifyRequest) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
