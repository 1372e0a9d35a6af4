import type { CpeVariant } from '../advisories/advisory.ts';
import type { Confidence } from '../matching/verdict.ts';

/** A product that vulnerability data may know a software as. All texts are unescaped and in lower case. */
export interface CpeCandidate {
  part: 'a' | 'h' | 'o';
  vendor: string;
  product: string;
  /** As vulnerability data write it; empty where what was reported does not tell it. */
  version: string;
  /** The version with its update in it, where `version` is without: what is compared where a statement names no update. */
  whole?: string;
  /** Whether a rule made the version of what was reported. */
  isRewritten: boolean;
  /** What is known of the software beyond its version; `*`: it does not matter. */
  variant: CpeVariant;
  /** Attributes that a statement must name to be about this software: under the same product data speak of others too. */
  stated: readonly (keyof CpeVariant)[];
  /**
   * `high`: a curated rule knows an identifier of it, or name and maker. `medium`: a rule knows the name alone, or without a
   * rule name and maker are both those of the data. `low`: the name alone is.
   */
  confidence: Confidence;
  /** The rule that named it; null where none did. */
  rule: string | null;
}

/** A software that no vulnerability data speak of, and why. */
export interface NeverMatched {
  never: string;
  rule: string;
}

/** What software is looked up by in vulnerability data. */
export const cpeKey = ({ part, vendor, product }: Pick<CpeCandidate, 'part' | 'vendor' | 'product'>) =>
  `cpe:${part}:${vendor}:${product}`;
