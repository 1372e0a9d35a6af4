import { squeeze } from './clean-name.ts';

/** A vendor and a product that vulnerability data name together. */
export interface CpeName {
  vendor: string;
  product: string;
  /** What it runs on or in where data always say so; empty: they do not. */
  targets: readonly string[];
}

/** Which applications vulnerability data speak of. */
export interface CpeNames {
  /** Those whose product is spelled like this, after `squeeze`. */
  named(squeezed: string): readonly CpeName[];
}

/** Products by vendor, with blanks between; `product~target~target` where data always name the target. */
export type CpeNameList = Record<string, string>;

export function createCpeNames(list: CpeNameList): CpeNames {
  const byProduct = new Map<string, CpeName[]>();
  for (const [vendor, products] of Object.entries(list)) {
    for (const text of products.split(' ')) {
      const [product = '', ...targets] = text.split('~');
      const key = squeeze(product);
      const known = byProduct.get(key);
      if (known) known.push({ vendor, product, targets });
      else byProduct.set(key, [{ vendor, product, targets }]);
    }
  }
  return { named: (squeezed) => byProduct.get(squeezed) ?? [] };
}
