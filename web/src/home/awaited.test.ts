import type { FeedState } from '@flotilla/contract/feeds';
import { expect, test } from 'vitest';
import { awaited } from './awaited.ts';

const none = {
  ...{ judged_versions: 0, waiting_versions: 0, unjudged: [], is_settled: true },
  ...{ held_hosts_count: 0, held_hosts: [] },
};
const coming: FeedState = {
  ...{ name: 'cisa-kev', title: 'CISA KEV', is_needed: true, is_absent: false, is_snapshot: false },
  ...{ records: 0, problems: 0, published_at: null, fetched_at: null, verified_at: null, failure: null, held: null },
};
const unjudged = [{ reason: 'no_advisories', versions: 4, examples: [] }];

test('before anything was judged it is said what is awaited', () => {
  expect(awaited(none, [coming])).toMatch(/^No host has reported its software yet/);
  expect(awaited({ ...none, waiting_versions: 9 }, [coming, coming])).toMatch(/^2 feeds of vulnerabilities are being/);
  expect(awaited({ ...none, waiting_versions: 1 }, [])).toMatch(/^1 version of software waits to be judged/);
  expect(awaited({ ...none, unjudged }, [])).toMatch(/^No feed tells of the software/);
});

test('a feed that failed or is not needed is not waited for', () => {
  const failed = { ...coming, failure: { at: '2026-01-01T00:00:00Z', reason: 'no answer' } };
  const feeds = [failed, { ...coming, is_needed: false }, { ...coming, is_snapshot: true }];
  expect(awaited({ ...none, judged_versions: 3 }, feeds)).toBeNull();
});
