import type { Order } from './scheme.ts';

/** Item by item; of two that are equal as far as the shorter one goes, the shorter one is first. */
export function compareLists<Item>(
  a: readonly Item[],
  b: readonly Item[],
  compare: (a: Item, b: Item) => Order,
): Order {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    const order = compare(a[i] as Item, b[i] as Item);
    if (order !== 0) return order;
  }
  if (a.length === b.length) return 0;
  return a.length < b.length ? -1 : 1;
}
