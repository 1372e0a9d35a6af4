import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLifecycleMatcher } from '@flotilla/engine/lifecycles/create-matcher';
import { curatedProducts } from '@flotilla/engine/lifecycles/curated-products';
import { expect, test } from 'vitest';
import { filesAt, filesWith, fixtureOf, parseAll, problemsIn, productsIn } from '../testing/feed-fixtures.ts';
import { endOfLife } from './endoflife.ts';

/** Real data in upstream form, beside the checkout; not everywhere there. */
const real = fileURLToPath(new URL('../../../../shared/catalogue/endoflife/products-full.json.gz', import.meta.url));

test('each product has its cycles with their days, and what cannot be understood is a problem beside them', async () => {
  const items = await parseAll(endOfLife, filesWith(fixtureOf('endoflife')));
  const products = new Map(productsIn(items).map((product) => [product.name, product]));
  expect(products.size).toBe(17);
  expect(items).toContainEqual({ published: '2026-08-22T08:52:34.000Z' });
  expect(products.get('nodejs')).toMatchObject({ label: 'Node.js', link: 'https://endoflife.date/nodejs' });
  expect(products.get('nodejs')?.cycles.find(({ name }) => name === '22')).toEqual({
    name: '22',
    label: '22 (LTS)',
    released: '2024-04-24',
    supportEnds: '2025-10-21',
    ends: '2027-04-30',
    hasEnded: false,
    extendedEnds: null,
    isLts: true,
    latest: '22.23.2',
    latestReleased: '2026-07-29',
  });
  expect(problemsIn(items)).toEqual([
    { record: 'ruby 3 3.2', problem: 'ends: no day of the calendar' },
    { record: 'product 17', problem: 'no name' },
  ]);
});

test('odd products are problems', async () => {
  const odd = { result: [null, 7, { name: 'a' }, { name: 'b', releases: [{}, 3, { name: '' }] }, { name: '../x' }] };
  const items = await parseAll(endOfLife, filesWith(JSON.stringify(odd)));
  expect(problemsIn(items).map(({ record, problem }) => `${record}: ${problem}`)).toEqual([
    ...['product 0: no name', 'product 1: no name', 'a: no releases', 'b 0: no name', 'b 1: no name', 'b 2: no name'],
    'product 4: no name',
  ]);
});

test.skipIf(!existsSync(real))('the real file is understood whole [needs ../shared]', async () => {
  const items = await parseAll(endOfLife, filesAt(real));
  expect(problemsIn(items)).toEqual([]);
  const products = productsIn(items);
  expect(products).toHaveLength(464);
  expect(products.flatMap(({ cycles }) => cycles)).toHaveLength(8_351);
  const known = new Set(products.map(({ name }) => name));
  expect(curatedProducts.filter(({ product }) => !known.has(product))).toEqual([]);
  const match = createLifecycleMatcher(products);
  const none = { source: 'operating_systems', vendor: '', release: '', bundleIdentifier: '' };
  const windows = {
    ...none,
    kind: 'os',
    vendor: 'windows',
    name: 'Windows 11 23H2',
    version: '10.0.22631.2861',
  } as const;
  expect(match(windows)).toMatchObject({ product: 'windows', cycle: '11-23h2-e' });
  const django = { ...none, kind: 'normal', source: 'python_packages', name: 'Django', version: '3.2.1' } as const;
  expect(match(django)).toMatchObject({ product: 'django', cycle: '3.2' });
});
