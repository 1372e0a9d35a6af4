import { createServer, type Server } from 'node:https';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { errors } from '@flotilla/contract/errors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Context } from '../context.ts';
import { asSystem } from '../context.ts';
import type { Domain } from '../domain.ts';
import type { TlsFiles } from '../tls.ts';
import type { FindPerson } from './authenticate.ts';
import { answerError } from './errors.ts';
import { describeApi } from './openapi.ts';
import { addRoutes } from './routes.ts';
import { compileSerializer } from './serializer.ts';
import { cutSlowBodies } from './slow-bodies.ts';
import { serveConsole } from './static.ts';
import { compileValidator } from './validator.ts';

/** Bodies of people and programs; agents have limits of their own. */
const BODY_LIMIT = 1024 * 1024;
/** Milliseconds. */
const HEADERS_WITHIN = 60_000;

export interface HttpServer {
  app: FastifyInstance;
  listen(): Promise<void>;
  close(): Promise<void>;
}

export interface HttpOptions {
  ctx: Context;
  domains: Domain[];
  findPerson: FindPerson;
  /** Adds routes whose answers do not follow the contract's error form. */
  agentRoutes: (app: FastifyInstance, ctx: Context) => void;
  tls: TlsFiles;
  consoleFolder: string;
  isReady: () => boolean;
}

/** One set of routes behind two listeners: plain HTTP and TLS. */
export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { config, log } = options.ctx;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for each request would be a tenth of what an idle check-in costs; nothing is logged by it.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT,
    // Bodies have limits of their own: an upload may take long.
    requestTimeout: 0,
    http: { headersTimeout: HEADERS_WITHIN },
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    routerOptions: { maxParamLength: 1024 },
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(compileSerializer);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    const { status, message } = errors.not_found;
    return reply.code(status).send({
      message,
      errors: [{ name: 'base', reason: `No such path: ${request.method} ${request.url.split('?')[0]}` }],
    });
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY' });
  });
  cutSlowBodies(app);
  await app.register(cookie);
  await app.register(multipart);
  await describeApi(app, config.version);
  app.get('/healthz', { schema: { hide: true } }, async (_request, reply) =>
    options.isReady() ? { status: 'ok' } : reply.code(errors.unavailable.status).send({ status: 'starting' }),
  );
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  addRoutes(app, options);
  app.addHook('preClose', async () => {
    for (const domain of options.domains) domain.closeStreams?.();
  });
  options.agentRoutes(app, asSystem(options.ctx));
  await serveConsole(app, options.consoleFolder);
  return { app, ...listeners(app, options) };
}

function listeners(app: FastifyInstance, { ctx: { config }, tls }: HttpOptions): Pick<HttpServer, 'listen' | 'close'> {
  const secure: Server = createServer({ cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' }, (request, response) =>
    app.routing(request, response),
  );
  secure.requestTimeout = 0;
  secure.headersTimeout = HEADERS_WITHIN;
  return {
    async listen() {
      await app.listen({ host: config.http.host, port: config.http.port });
      await new Promise<void>((resolve, reject) => {
        secure.once('error', reject);
        secure.listen(config.tls.port, config.tls.host, resolve);
      });
    },
    async close() {
      const closed = new Promise<void>((resolve) => secure.close(() => resolve()));
      secure.closeIdleConnections();
      await app.close();
      secure.closeAllConnections();
      if (secure.listening) await closed;
    },
  };
}
