import type { FastifyRequest } from 'fastify';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether a request comes from a program on this machine, and neither through a proxy nor from a page of another site:
 * a page can reach loopback too, but not without an Origin of its own, and only loopback pages have a loopback one.
 */
export function isLocalRequest(request: FastifyRequest): boolean {
  const { headers } = request;
  if (!isLoopback(request.socket.remoteAddress ?? '')) return false;
  if (FORWARDING.some((name) => headers[name] !== undefined)) return false;
  if (!LOOPBACK_HOSTS.has(withoutPort(headers.host ?? ''))) return false;
  if (headers.origin !== undefined && headers.origin !== `${request.protocol}://${headers.host}`) return false;
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

const isLoopback = (address: string) => address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.');
const withoutPort = (host: string) => host.replace(/:\d+$/, '');
