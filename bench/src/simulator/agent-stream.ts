import { get, type IncomingMessage } from 'node:http';

/** What a stream told, and when by `performance.now()`. */
export interface Told {
  event: string;
  at: number;
}

export interface AgentStream {
  close(): void;
}

/**
 * Opens the stream of one agent, on a connection of its own as agents do.
 * @throws Error when the server does not open it
 */
export function openStream(origin: string, nodeKey: string, onTold: (told: Told) => void): Promise<AgentStream> {
  return new Promise((resolve, reject) => {
    const request = get(
      `${origin}/api/v1/flotilla/agent/stream`,
      { headers: { authorization: `NodeKey ${nodeKey}` }, agent: false },
      (response) => {
        if (response.statusCode !== 200) return reject(new Error(`the stream answered ${response.statusCode}`));
        follow(response, onTold);
        resolve({ close: () => request.destroy() });
      },
    );
    request.once('error', reject);
  });
}

function follow(response: IncomingMessage, onTold: (told: Told) => void): void {
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('event: ')) onTold({ event: line.slice('event: '.length), at: performance.now() });
    }
  });
  response.on('error', () => {});
}
