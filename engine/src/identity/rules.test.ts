import { describe, expect, test } from 'vitest';
import { softwareIdentity } from '../matching/software-identity.ts';
import { squeeze } from './clean-name.ts';
import { cpeText } from './cpe-text.ts';
import { findCpes } from './find-cpes.ts';
import { knownCpeNames } from './known-cpe-names.ts';
import { identityRules } from './rules.ts';

const noNames = { named: () => [] };

describe('the rules of identity', () => {
  test('each has a name of its own, and says why, from where and when', () => {
    expect(new Set(identityRules.map(({ id }) => id)).size).toBe(identityRules.length);
    for (const { id, reason, link, date, when, cases } of identityRules) {
      expect(reason, id).toMatch(/\S.*[.)]$/);
      expect(link, id).toMatch(/^https:\/\//);
      expect(date, id).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(when.length, id).toBeGreaterThan(0);
      expect(cases.length, id).toBeGreaterThan(0);
    }
  });

  test('each either names products or says never', () => {
    for (const { id, cpes = [], never = false } of identityRules) expect(cpes.length > 0, id).toBe(!never);
  });

  test('each has every spelling under which data know a product of the same vendor', () => {
    for (const { id, cpes = [] } of identityRules) {
      const products = new Set(cpes.map(({ vendor, product }) => `${vendor}:${product}`));
      for (const { vendor, product } of cpes) {
        const spelled = knownCpeNames.named(squeeze(product)).filter((name) => name.vendor === vendor);
        for (const name of spelled) expect(products, id).toContain(`${vendor}:${name.product}`);
      }
    }
  });

  const cases = identityRules.flatMap((rule) => rule.cases.map((each) => ({ rule, ...each })));
  test.each(cases.map((each) => ({ ...each, named: `${each.software.name} ${each.software.version}` })))(
    '$rule.id: $named',
    ({ rule, software, cpes }) => {
      const found = findCpes(softwareIdentity(software), noNames);
      if ('never' in found) {
        expect([found.rule, []]).toEqual([rule.id, cpes]);
        return;
      }
      expect(found.map(cpeText)).toEqual(cpes);
      expect(found.every((candidate) => candidate.rule === rule.id)).toBe(true);
    },
  );
});
