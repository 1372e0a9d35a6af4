import { basic, below, markerOf, type TicketSystem } from './ticket.ts';

export interface ZendeskSettings {
  url: string;
  email: string;
  api_token: string;
  group_id: number;
}

/** Zendesk's ticketing API. It opens one ticket for several requests of one idempotency key. */
export const zendesk: TicketSystem<ZendeskSettings> = {
  needs: ['url', 'email', 'api_token', 'group_id'],
  place: ({ url, group_id }) => `${new URL(url).host} ${group_id}`,
  request: ({ url, email, api_token, group_id }, { summary, description }, event) => ({
    url: below(url, '/api/v2/tickets.json'),
    headers: { authorization: basic(`${email}/token`, api_token), 'idempotency-key': `flotilla ${event}` },
    body: { ticket: { subject: summary, comment: { body: description }, group_id, external_id: markerOf(event) } },
  }),
  search: ({ url, email, api_token }, event) => [
    {
      url: below(url, `/api/v2/tickets.json?external_id=${markerOf(event)}`),
      headers: { authorization: basic(`${email}/token`, api_token) },
    },
  ],
  found: (answer, event) =>
    (JSON.parse(answer) as { tickets: { external_id: string | null }[] }).tickets.some(
      ({ external_id }) => external_id === markerOf(event),
    ),
};
