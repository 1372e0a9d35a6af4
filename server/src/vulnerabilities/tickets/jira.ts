import { basic, below, type TicketSystem } from './ticket.ts';

export interface JiraSettings {
  url: string;
  username: string;
  api_token: string;
  project_key: string;
}

/** Jira's REST API, version 2: its descriptions are plain text. */
export const jira: TicketSystem<JiraSettings> = {
  needs: ['url', 'username', 'api_token', 'project_key'],
  place: ({ url, project_key }) => `${new URL(url).host} ${project_key}`,
  request: ({ url, username, api_token, project_key }, { summary, description }) => ({
    url: below(url, '/rest/api/2/issue'),
    headers: { authorization: basic(username, api_token) },
    body: { fields: { project: { key: project_key }, issuetype: { name: 'Task' }, summary, description } },
  }),
};
