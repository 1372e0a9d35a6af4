import { expect, test } from 'vitest';
import { advisoriesIn, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { cisaVulnrichment } from './cisa-vulnrichment.ts';

const items = await parseAll(cisaVulnrichment, fixtureFiles('cisa-vulnrichment'));
const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));

test('a record has the decisions of CISA beside the rating of whoever assigned the id', () => {
  expect(byId.get('CVE-2024-3094')).toEqual({
    feed: 'cisa-vulnrichment',
    id: 'CVE-2024-3094',
    vulnerabilities: ['CVE-2024-3094'],
    aliases: [],
    affected: [],
    facts: { published: '2024-03-29T16:51:12.588Z' },
    severity: { cvss3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' },
    ssvc: { exploitation: 'none', isAutomatable: true, technicalImpact: 'total' },
  });
});

test('CISA rates what nobody rated before', () => {
  expect(byId.get('CVE-2024-7399')).toMatchObject({
    severity: { cvss3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
    ssvc: { exploitation: 'active', isAutomatable: false, technicalImpact: 'total' },
  });
});

test('words that are not known are left out, and rejected ids are told', () => {
  expect(byId.get('CVE-2099-0001')).toMatchObject({
    facts: { isRejected: true },
    severity: { cvss2: 'AV:N/AC:L', cvss4: 'CVSS:4.0/AV:N' },
    ssvc: { isAutomatable: false, technicalImpact: 'partial' },
  });
  expect(byId.get('CVE-2099-0001')?.ssvc?.exploitation).toBeUndefined();
});

test('what is no record is a problem, and other files of the repository are none', () => {
  expect(problemsIn(items)).toEqual([
    { record: 'vulnrichment-develop/2024/3xxx/CVE-1.json', problem: 'no CVE id' },
    { record: 'vulnrichment-develop/2024/3xxx/CVE-2024-0002.json', problem: 'no CVE id' },
  ]);
});
