import type { ServerConfig } from '@flotilla/contract/config';
import { expect, test } from 'vitest';
import { kindOf, toChange, valuesOf } from './receiver-draft.ts';

const github = { url: 'https://api.github.com', api_token: '********', repository: 'a/b' };
const config = (hook: boolean, integrations: object) =>
  ({
    webhook_settings: { vulnerabilities_webhook: { enable_vulnerabilities_webhook: hook } },
    integrations: { jira: [], zendesk: null, ...integrations },
  }) as unknown as ServerConfig;
const webhook = { url: ' https://example.org/hook ', secret: '********', size: null };

test('who is told is read from the settings', () => {
  expect(kindOf(config(false, {}))).toBe('nobody');
  expect(kindOf(config(true, {}))).toBe('webhook');
  expect(kindOf(config(false, { github: [{ ...github, enable_software_vulnerabilities: true }] }))).toBe('github');
  expect(valuesOf(config(false, { github: [github] }), 'github')).toEqual(github);
  expect(valuesOf(config(false, {}), 'jira')).toMatchObject({ url: '', project_key: '' });
});

test('choosing one takes it from all others, and keeps what they say', () => {
  const before = config(true, { github: [{ ...github, enable_software_vulnerabilities: true, more: 1 }] });
  expect(toChange(before, { kind: 'webhook', webhook, values: {} })).toEqual({
    webhook_settings: {
      vulnerabilities_webhook: {
        ...{ enable_vulnerabilities_webhook: true, destination_url: 'https://example.org/hook' },
        ...{ secret: '********', host_batch_size: 0 },
      },
    },
    integrations: { github: [{ ...github, enable_software_vulnerabilities: false, more: 1 }] },
  });
  const values = { url: 'https://e.zendesk.com', email: 'a@e.org', api_token: 't', group_id: '7' };
  expect(toChange(before, { kind: 'zendesk', webhook, values })).toMatchObject({
    webhook_settings: { vulnerabilities_webhook: { enable_vulnerabilities_webhook: false } },
    integrations: {
      zendesk: [{ ...values, group_id: 7, enable_software_vulnerabilities: true }],
      github: [{ enable_software_vulnerabilities: false }],
    },
  });
});
