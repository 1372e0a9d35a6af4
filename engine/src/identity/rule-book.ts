import type { SoftwareIdentity } from '../matching/software-identity.ts';
import { cleanWords } from './clean-name.ts';
import type { IdentityRule, RuleCondition, RuleField } from './rule.ts';

/** The rule that is about a software, and which of its conditions fits. */
export interface RuleHit {
  rule: IdentityRule;
  condition: RuleCondition;
}

/** Rules made ready to be asked. */
export type RuleBook = (software: SoftwareIdentity) => RuleHit | null;

interface Entry extends RuleHit {
  place: number;
  fits: (software: SoftwareIdentity, cleanName: string) => boolean;
}

/** By the first of these that a condition has as a plain text it is found without trying all. */
const INDEXED = ['bundleIdentifier', 'upgradeCode', 'extensionId', 'name'] as const;

/** When several rules are about a software, the first of them counts. */
export function createRuleBook(rules: readonly IdentityRule[]): RuleBook {
  const byText = new Map<string, Entry[]>();
  const bySource = new Map<string, Entry[]>();
  rules.forEach((rule, place) => {
    for (const condition of rule.when) {
      const entry = { rule, condition, place, fits: compile(condition) };
      const field = INDEXED.find((each) => condition[each] && !isExpression(condition[each]));
      if (!field) addTo(bySource, condition.source ?? '', entry);
      else addTo(byText, `${field} ${condition[field]?.toLowerCase()}`, entry);
    }
  });
  return (software) => {
    const cleanName = cleanWords(software.name, software.version).join(' ');
    let first: Entry | null = null;
    const consider = (entry: Entry) => {
      if ((first === null || entry.place < first.place) && entry.fits(software, cleanName)) first = entry;
    };
    for (const field of INDEXED) {
      if (software[field]) byText.get(`${field} ${software[field].toLowerCase()}`)?.forEach(consider);
    }
    byText.get(`name ${cleanName}`)?.forEach(consider);
    for (const source of [software.source, '']) bySource.get(source)?.forEach(consider);
    return first;
  };
}

function addTo(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const known = map.get(key);
  if (known) known.push(entry);
  else map.set(key, [entry]);
}

const isExpression = (text: string) => text.length > 1 && text.startsWith('/') && text.endsWith('/');

function compile(condition: RuleCondition): Entry['fits'] {
  const tests = (Object.entries(condition) as [RuleField, string][]).map(([field, text]): Entry['fits'] => {
    if (isExpression(text)) {
      const expression = new RegExp(text.slice(1, -1), 'i');
      return (software) => expression.test(software[field]);
    }
    const wanted = text.toLowerCase();
    return (software, cleanName) =>
      software[field].toLowerCase() === wanted || (field === 'name' && cleanName === wanted);
  });
  return (software, cleanName) => tests.every((test) => test(software, cleanName));
}
