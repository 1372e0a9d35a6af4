import { createHmac } from 'node:crypto';

/**
 * Headers by which a receiver knows that a body is ours and new: `Flotilla-Timestamp` is in seconds since 1970, and
 * `Flotilla-Signature` is `sha256=` and the hex HMAC-SHA256 of the timestamp, a dot and the body.
 */
export function signatureHeaders(secret: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'flotilla-timestamp': timestamp, 'flotilla-signature': `sha256=${signature}` };
}
