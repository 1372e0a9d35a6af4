/** A product whose releases come to an end, as a list of ends tells it. */
export interface LifecycleProduct {
  name: string;
  label: string;
  /** Where people can read about it. */
  link: string | null;
  identifiers: ProductIdentifier[];
  /** Newest first. */
  cycles: LifecycleCycle[];
}

export interface ProductIdentifier {
  type: string;
  id: string;
}

/** The releases of a product that end together, as Ubuntu 22.04. Days are `2026-11-24`; null is not known. */
export interface LifecycleCycle {
  name: string;
  label: string;
  released: string | null;
  /** The day from which there are fixes of security only. */
  supportEnds: string | null;
  /** The day from which there are none. */
  ends: string | null;
  /** What the list itself says: it counts where no day is named. */
  hasEnded: boolean | null;
  /** The day from which there are none for those who pay or ask for more either. */
  extendedEnds: string | null;
  isLts: boolean;
  latest: string | null;
  latestReleased: string | null;
}

/** What is looked for among products: the fields of an inventory's software that say what it is. */
export interface LifecycleSubject {
  kind: 'normal' | 'kernel' | 'os' | 'patch';
  source: string;
  name: string;
  version: string;
  vendor: string;
  release: string;
  bundleIdentifier: string;
}

/** The cycle that a software is of. */
export interface CycleMatch {
  product: string;
  cycle: string;
  /** What a person has to know to read it rightly. */
  remark: string | null;
}
