import type { ResponseOf, Route } from '@flotilla/contract/route';
import { ApiError, unreachable } from './api-error.ts';
import { addressOf } from './call.ts';

/** How much of a body has left this computer. */
export interface Sent {
  sent: number;
  total: number;
}

interface Sending {
  form: FormData;
  onProgress: (sent: Sent) => void;
  signal: AbortSignal;
}

/** Calls a route with a form and tells how much of it is sent; `fetch` cannot tell that. */
export function upload<R extends Route>(route: R, { form, onProgress, signal }: Sending): Promise<ResponseOf<R>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, addressOf(route.path));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('x-requested-with', 'flotilla');
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, total });
    request.onload = () => {
      const { status, responseText } = request;
      if (status < 200 || status > 299) return reject(ApiError.of(status, responseText));
      resolve(JSON.parse(responseText) as ResponseOf<R>);
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
