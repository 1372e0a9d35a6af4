import { basic, below, type TicketSystem } from './ticket.ts';

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
    body: { ticket: { subject: summary, comment: { body: description }, group_id } },
  }),
};
