import { isSuccess, type Receiver } from '../news/receiver.ts';
import { github } from './github.ts';
import { jira } from './jira.ts';
import { type Ticket, type TicketSystem, toTicket } from './ticket.ts';
import { zendesk } from './zendesk.ts';

/** Those that tickets can be opened in, by their name in `integrations`. */
export const systems = { jira, zendesk, github } satisfies Record<string, TicketSystem<never>>;
export type SystemName = keyof typeof systems;
export const systemNames = Object.keys(systems) as SystemName[];

/** Whether there is all that it needs, and an address to send it to. */
export function isComplete(name: SystemName, settings: Record<string, unknown>): boolean {
  const { needs } = systems[name];
  const isThere = (value: unknown) => value !== undefined && value !== null && value !== '';
  return (
    needs.every((need) => isThere(settings[need])) &&
    /^https?:/.test(String(settings.url)) &&
    URL.canParse(String(settings.url))
  );
}

/** Gets one ticket for each vulnerability. `settings` are those of the system of this name. */
export function ticketReceiver(name: SystemName, settings: unknown): Receiver {
  const system = systems[name] as TicketSystem<unknown>;
  return {
    name: `${name} ${system.place(settings)}`,
    bodies: (vulnerability) => [JSON.stringify(toTicket(vulnerability))],
    message({ event, body }) {
      const request = system.request(settings, JSON.parse(body) as Ticket, event);
      return { ...request, body: JSON.stringify(request.body) };
    },
    accepts: isSuccess,
    search: {
      messages: (event) => system.search(settings, event).map((question) => ({ ...question, body: null })),
      found: ({ text }, event) => system.found(text, event),
    },
  };
}
