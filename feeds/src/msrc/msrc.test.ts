import { describe, expect, test } from 'vitest';
import { advisoriesIn, filesWith, fixtureOf, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { msrc } from './msrc.ts';

const fixture = async () => parseAll(msrc, filesWith(fixtureOf('msrc')));

describe("Microsoft's documents", () => {
  test('vulnerabilities that the same patches end are one advisory of their product', async () => {
    const items = await fixture();
    expect(advisoriesIn(items).filter(({ affected }) => affected.length > 0)).toEqual([
      {
        ...{ feed: 'msrc', id: 'msrc:windows_10_22h2:x64 KB5041580+10.0.19045.4780', aliases: [] },
        vulnerabilities: ['CVE-2024-38063', 'CVE-2024-38178'],
        affected: [
          {
            ...{ key: 'msrc:windows_10_22h2:x64', scheme: 'windows', statement: 'ranges' },
            ...{ ranges: [{ fixed: '10.0.19045.4780' }], endedBy: ['KB5041580'] },
          },
        ],
      },
      expect.objectContaining({ id: 'msrc:windows_11_23h2:x64 KB5041585+10.0.22631.4037' }),
      expect.objectContaining({ id: 'msrc:windows_11_23h2:x64 KB5041585', vulnerabilities: ['CVE-2024-38178'] }),
      // Either the cumulative update or the one without a restart ends it; the build is that of the first.
      expect.objectContaining({
        vulnerabilities: ['CVE-2024-38063'],
        affected: [
          expect.objectContaining({ ranges: [{ fixed: '10.0.20348.2655' }], endedBy: ['KB5041160', 'KB5042880'] }),
        ],
      }),
      // No update yet.
      expect.objectContaining({
        id: 'msrc:windows_server_2022:x64 without an update',
        affected: [{ key: 'msrc:windows_server_2022:x64', scheme: 'windows', statement: 'ranges', ranges: [{}] }],
      }),
      expect.objectContaining({
        affected: [
          {
            ...{ key: 'cpe:a:microsoft:edge_chromium', scheme: 'chrome', statement: 'ranges' },
            ranges: [{ fixed: '127.0.2651.98' }],
          },
        ],
      }),
    ]);
  });

  test('a build of another release than the product says nothing', async () => {
    expect(problemsIn(await fixture())).toEqual([
      { record: 'CVE-2024-38178 12243', problem: '10.0.26100.1457 is no build of this product' },
    ]);
  });

  test('each vulnerability has what it is in itself', async () => {
    const items = await fixture();
    const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
    expect(byId.get('CVE-2024-38063')).toEqual({
      ...{ feed: 'msrc', id: 'CVE-2024-38063', vulnerabilities: ['CVE-2024-38063'], aliases: [], affected: [] },
      facts: {
        published: '2024-08-13T07:00:00.000Z',
        description: 'Windows TCP/IP Remote Code Execution Vulnerability',
      },
      severity: { cvss3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C', rating: 'Critical' },
    });
    expect(byId.get('CVE-2024-38178')?.ssvc).toEqual({ exploitation: 'active' });
    expect(byId.has('CVE-2024-38200')).toBe(false);
    expect(items).toContainEqual({ published: '2024-09-10T07:00:00.000Z' });
  });

  test('each month is asked for by when it last changed', async () => {
    const asked: object[] = [];
    const open = filesWith(fixtureOf('msrc')).open;
    await msrc.fetch({ file: async (file) => asked.push(file) > 0, open });
    expect(asked[1]).toMatchObject({
      upstream: 'https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/2024-Aug',
      edition: '2024-09-10T07:00:00Z',
    });
  });
});
