import { expect, it } from 'vitest';
import { readEvents } from './read-events.ts';

async function eventsOf(...chunks: string[]): Promise<string[]> {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const events: string[] = [];
  for await (const event of readEvents(stream())) events.push(event);
  return events;
}

it('finds events however the stream is cut, and lets comments show life', async () => {
  expect(await eventsOf('event: nudge\ndata: {}\n\n', ': alive\n\n', 'event: stop\n\n')).toEqual(['nudge', '', 'stop']);
  expect(await eventsOf('eve', 'nt: nud', 'ge\ndata:\n', '\n:', ' x\n')).toEqual(['nudge', '']);
  expect(await eventsOf('event: nudge\r\n\r\nevent: nudge')).toEqual(['nudge']);
});

it('gives up on a line without end', async () => {
  await expect(eventsOf('x'.repeat(100_000))).rejects.toThrow(/too long/);
});
