import { describe, expect, test } from 'vitest';
import { advisoriesIn, filesOf, filesWith, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { oracleOval } from './oracle-oval.ts';

const fixture = async () => {
  const items = await parseAll(oracleOval, fixtureFiles('oracle-oval'));
  return { items, byId: new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory])) };
};
const affectedBy = async (id: string) =>
  (await fixture()).byId.get(id)?.affected.map(({ key, ranges, only }) => [key, ranges[0]?.fixed, only?.module]);

describe('the errata of Oracle Linux', () => {
  test('one names its vulnerabilities, the release, and packages with their epochs', async () => {
    expect((await fixture()).byId.get('ELSA-2007-0057')).toEqual({
      feed: 'oracle-oval',
      id: 'ELSA-2007-0057',
      vulnerabilities: ['CVE-2007-0493', 'CVE-2007-0494'],
      aliases: ['ELSA-2007-0057'],
      affected: ['bind-devel', 'bind-libs'].map((name) => ({
        ...{ key: `rpm:ol-5:${name}`, scheme: 'rpm', statement: 'ranges' },
        ranges: [{ fixed: '30:9.3.3-8.el5' }],
      })),
      severity: { rating: 'moderate' },
    });
  });

  test('one for two releases has the packages of each in it', async () => {
    expect(await affectedBy('ELSA-2021-9362')).toEqual([
      ['rpm:ol-7:kernel-uek', '5.4.17-2102.203.5.el7uek', undefined],
      ['rpm:ol-7:kernel-uek-devel', '5.4.17-2102.203.5.el7uek', undefined],
      ['rpm:ol-8:kernel-uek', '5.4.17-2102.203.5.el8uek', undefined],
    ]);
  });

  test('of the builds for several architectures the lowest counts', async () => {
    expect(await affectedBy('ELSA-2022-4803')).toEqual([['rpm:ol-7:rsyslog', '8.24.0-57.0.1.el7_9.3', undefined]]);
  });

  test('builds for live patching and certified ones stand beside the common one', async () => {
    expect(await affectedBy('ELSA-2021-9344')).toEqual([
      ['rpm:ol-8:glibc', '2:2.28-151.0.1.ksplice2.el8', undefined],
      ['rpm:ol-8:glibc', '2.28-151.0.1.el8', undefined],
    ]);
    expect(await affectedBy('ELSA-2022-9221')).toEqual([
      ['rpm:ol-8:gnutls-c++', '10:3.6.16-4.0.1.el8_fips', undefined],
    ]);
  });

  test('a module that must be enabled is what the packages are of', async () => {
    expect(await affectedBy('ELSA-2019-0975')).toEqual([
      ['rpm:ol-8:buildah', '1.5-3.0.1.gite94b4f9.module+el8.0.0+5215+77f672ad', 'container-tools:ol8'],
    ]);
  });

  test('one without CVEs goes by its own id, one without an id is a problem', async () => {
    const { byId, items } = await fixture();
    expect(byId.get('ELSA-2099-0001')).toMatchObject({ vulnerabilities: ['ELSA-2099-0001'], aliases: [] });
    expect(byId.get('ELSA-2099-0001')?.severity).toBeUndefined();
    expect(problemsIn(items)).toEqual([{ record: 'oval:com.oracle.elsa:def:20990002', problem: 'no id of an update' }]);
  });

  test.each(['', '<oval_definitions>', '{}'])('damaged data (%j) end the reading', async (text) => {
    await expect(parseAll(oracleOval, filesWith(text))).rejects.toThrow();
  });

  test('every release has a list of its own, and none need be there', async () => {
    const files = await filesOf(oracleOval);
    expect(files.every(({ isOptional }) => isOptional)).toBe(true);
    expect(files.map(({ upstream }) => upstream)).toContain(
      'https://linux.oracle.com/security/oval/com.oracle.elsa-ol9.xml.bz2',
    );
  });
});
