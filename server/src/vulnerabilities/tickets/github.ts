import { below, markerOf, type TicketSystem } from './ticket.ts';

/** Our own addition to the contract: `url` is of the API, so that an own server can be named. */
export interface GitHubSettings {
  url: string;
  api_token: string;
  /** `owner/name` */
  repository: string;
}

/** Issues of GitHub's REST API. */
export const github: TicketSystem<GitHubSettings> = {
  needs: ['url', 'api_token', 'repository'],
  place: ({ url, repository }) => `${new URL(url).host} ${repository}`,
  request: ({ url, api_token, repository }, { summary, description }, event) => ({
    url: below(url, `/repos/${repository}/issues`),
    headers: headersWith(api_token),
    body: { title: summary, body: `${description}\n\n${markIn(event)}` },
  }),
  // Its list is up to date at once, its search is not.
  search: ({ url, api_token, repository }) => [
    {
      url: below(url, `/repos/${repository}/issues?state=all&sort=created&direction=desc&per_page=100`),
      headers: headersWith(api_token),
    },
  ],
  found: (answer, event) =>
    (JSON.parse(answer) as { body: string | null }[]).some(({ body }) => body?.includes(markIn(event))),
};

/** Nobody sees a comment of HTML in an issue. */
const markIn = (event: string) => `<!-- ${markerOf(event)} -->`;

const headersWith = (token: string) => ({
  authorization: `Bearer ${token}`,
  accept: 'application/vnd.github+json',
  'user-agent': 'flotilla',
  'x-github-api-version': '2022-11-28',
});
