import { basic, below, markerOf, type TicketSystem } from './ticket.ts';

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
  request: ({ url, username, api_token, project_key }, { summary, description }, event) => ({
    url: below(url, '/rest/api/2/issue'),
    headers: { authorization: basic(username, api_token) },
    body: {
      fields: {
        project: { key: project_key },
        issuetype: { name: 'Task' },
        summary,
        description,
        labels: [markerOf(event)],
      },
    },
  }),
  // The first is of Jira's own servers, the second of those that others run.
  search: ({ url, username, api_token, project_key }, event) =>
    ['/rest/api/2/search/jql', '/rest/api/2/search'].map((path) => {
      const jql = encodeURIComponent(`project = "${project_key}" and labels = "${markerOf(event)}"`);
      const headers = { authorization: basic(username, api_token) };
      return { url: below(url, `${path}?jql=${jql}&fields=summary&maxResults=1`), headers };
    }),
  found: (answer) => (JSON.parse(answer) as { issues: unknown[] }).issues.length > 0,
};
