import { expect, test } from 'vitest';
import type { FeedFile } from '../feed.ts';
import { advisoriesIn, filesWith, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { redhatCsafVex } from './redhat-csaf-vex.ts';
import { toItem } from './to-item.ts';

const items = await parseAll(redhatCsafVex, fixtureFiles('redhat-csaf-vex'));
const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));

test('a fix is told for each binary package of a release, once for all architectures', () => {
  const curl = byId.get('CVE-2023-38545');
  expect(curl).toMatchObject({
    vulnerabilities: ['CVE-2023-38545'],
    facts: { published: '2023-10-11T00:00:00.000Z' },
    severity: { cvss3: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H', rating: 'Important' },
  });
  const fixes = curl?.affected.filter(({ key }) => key.startsWith('rpm:rhel-9:'));
  expect(fixes?.map(({ key, ranges }) => [key, ranges[0]?.fixed])).toEqual([
    ['rpm:rhel-9:curl', '7.76.1-23.el9_2.4'],
    ['rpm:rhel-9:libcurl', '7.76.1-23.el9_2.4'],
    ['rpm:rhel-9:curl', '7.76.1-26.el9_3.2'],
    ['rpm:rhel-9:libcurl', '7.76.1-26.el9_3.2'],
  ]);
});

test('what is not affected is told without a version', () => {
  const samba = byId.get('CVE-2023-4154')?.affected;
  expect(samba).toContainEqual({ key: 'rpm:rhel-9:samba-libs', scheme: 'rpm', statement: 'not_affected', ranges: [] });
  expect(samba?.some(({ key }) => !/^rpm:rhel-\d+:/.test(key))).toBe(false);
});

test('a package of a module has its stream', () => {
  expect(byId.get('CVE-2021-33621')?.affected).toContainEqual({
    ...{ key: 'rpm:rhel-8:ruby', scheme: 'rpm', statement: 'ranges' },
    ranges: [{ fixed: '2.7.8-139.module+el8.8.0+18745+f1bef313' }],
    only: { module: 'ruby:2.7' },
  });
});

test('documents that are none, or name no products, are problems', () => {
  expect(problemsIn(items)).toEqual([
    { record: 'CVE-2099-0001', problem: 'no products' },
    { record: '2099/odd.json', problem: 'no CVE id' },
  ]);
});

test.each([
  ['known_affected', 'Will not fix', { statement: 'ranges', ranges: [{}], remark: 'ignored' }],
  ['known_affected', 'Fix deferred', { statement: 'ranges', ranges: [{}], remark: 'postponed' }],
  ['known_affected', 'Out of support scope', { statement: 'ranges', ranges: [{}], remark: 'end_of_life' }],
  ['known_affected', 'Affected', { statement: 'ranges', ranges: [{}] }],
  ['under_investigation', 'Affected', { statement: 'undetermined', ranges: [] }],
])('%s, %s: %j', (status, details, said) => {
  const product = (id: string, helper: object) => ({
    product: { product_id: id, product_identification_helper: helper },
  });
  const item = toItem(
    {
      product_tree: {
        branches: [
          product('red_hat_enterprise_linux_7', { cpe: 'cpe:/o:redhat:enterprise_linux:7' }),
          product('curl.src', { purl: 'pkg:rpm/redhat/curl?arch=src' }),
        ],
        relationships: [
          {
            full_product_name: { product_id: 'curl-7' },
            product_reference: 'curl.src',
            relates_to_product_reference: 'red_hat_enterprise_linux_7',
          },
        ],
      },
      vulnerabilities: [
        {
          cve: 'CVE-2099-0002',
          product_status: { [status]: ['curl-7', 'other'] },
          remediations: [{ category: 'no_fix_planned', details, product_ids: ['curl-7'] }],
        },
      ],
    },
    'x.json',
  );
  expect(advisoriesIn([item])[0]?.affected).toEqual([{ key: 'rpm:rhel-7:curl', scheme: 'rpm', ...said }]);
});

test('the archive is the one that the index names, known by that name', async () => {
  const asked: FeedFile[] = [];
  await redhatCsafVex.fetch({
    file: async (file) => asked.push(file) > 0,
    open: filesWith('csaf_vex_2026-11-23.tar.zst\n').open,
  });
  expect(asked[1]).toEqual({
    name: 'csaf_vex.archive',
    upstream: 'https://security.access.redhat.com/data/csaf/v2/vex/csaf_vex_2026-11-23.tar.zst',
    mirrorPaths: ['redhat-csaf-vex/csaf_vex_2026-11-23.tar.zst'],
    edition: 'csaf_vex_2026-11-23.tar.zst',
  });
});
