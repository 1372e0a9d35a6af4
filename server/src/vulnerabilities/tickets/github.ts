import { below, type TicketSystem } from './ticket.ts';

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
  request: ({ url, api_token, repository }, { summary, description }) => ({
    url: below(url, `/repos/${repository}/issues`),
    headers: {
      authorization: `Bearer ${api_token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'flotilla',
      'x-github-api-version': '2022-11-28',
    },
    body: { title: summary, body: description },
  }),
};
