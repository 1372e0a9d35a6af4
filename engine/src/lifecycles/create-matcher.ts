import { toPurl } from '../purl/to-purl.ts';
import { type CuratedProduct, curatedProducts } from './curated-products.ts';
import { findCycle, numbersOf } from './find-cycle.ts';
import type { CycleMatch, LifecycleProduct, LifecycleSubject } from './lifecycle.ts';
import { findSystemCycle } from './systems.ts';

/** Finds the cycle of a software; null where no rule knows one, which is not to say that it goes on for ever. */
export type LifecycleMatcher = (subject: LifecycleSubject) => CycleMatch | null;

/** Sources whose packages the identifiers of the list name as they are: no distribution stands between them and their makers. */
const BY_IDENTIFIER = new Set([
  'npm_packages',
  'python_packages',
  'go_binaries',
  'chocolatey_packages',
  'homebrew_packages',
]);

export function createLifecycleMatcher(products: readonly LifecycleProduct[]): LifecycleMatcher {
  const byName = new Map(products.map((product) => [product.name, product]));
  const byIdentifier = new Map(
    products.flatMap(({ name, identifiers }) =>
      identifiers.flatMap((one) => keysOf(one).map((key) => [key, name] as const)),
    ),
  );
  const curated = Map.groupBy(curatedProducts, (rule) => rule.source as string);
  return (subject) => {
    if (subject.kind === 'os') return findSystemCycle(subject, byName);
    if (subject.kind !== 'normal') return null;
    const rule = curated.get(subject.source)?.find((one) => fits(one, subject));
    const product = rule?.product ?? findIdentified(subject, byIdentifier);
    const cycles = product && byName.get(product)?.cycles;
    if (!cycles) return null;
    const version = rule?.versionIn === 'name' ? firstNumber(subject.name) : subject.version;
    const cycle = findCycle(cycles, version);
    return cycle && { product, cycle: cycle.name, remark: null };
  };
}

function fits({ source, name, mark }: CuratedProduct, subject: LifecycleSubject): boolean {
  if (!name.test(source === 'apps' ? subject.bundleIdentifier : subject.name)) return false;
  return !mark || mark.test(subject.version) || mark.test(subject.release);
}

const firstNumber = (text: string) => /\d+(?:\.\d+)*/.exec(text)?.[0] ?? '';

/** A formula of Homebrew is called as Repology calls the project. */
const keysOf = ({ type, id }: { type: string; id: string }): string[] => {
  if (type === 'purl') return [id.replace(/[?#].*$/, '').replace(/@[^/]*$/, '')];
  return type === 'repology' ? [`pkg:brew/${id}`] : [];
};

function findIdentified(subject: LifecycleSubject, byIdentifier: ReadonlyMap<string, string>): string | undefined {
  if (!BY_IDENTIFIER.has(subject.source) || numbersOf(subject.version).length === 0) return undefined;
  const none = { arch: '', release: '', extensionId: '', sourcePackage: '', sourceVersion: '', distribution: null };
  // A formula may name its cycle, as `ruby@3.2`.
  const name = subject.source === 'homebrew_packages' ? subject.name.replace(/@[\d.]+$/, '') : subject.name;
  return byIdentifier.get(toPurl({ ...none, source: subject.source, name, version: '' }));
}
