import type { Exploitation, Likelihood, SeverityInputs } from '@flotilla/engine/advisories/advisory';
import type { AdvisoryIndex } from '@flotilla/engine/matching/advisory-index';

/** What one feed tells of a vulnerability itself. */
export interface Told {
  feed: string;
  severity?: SeverityInputs;
  exploitation?: Exploitation;
  likelihood?: Likelihood;
}

/** All that feeds say, wherever it is kept. */
export interface Advisories {
  index: AdvisoryIndex;
  /** The most trusted feed first; empty for what nobody tells of. */
  told(vulnerability: string): readonly Told[];
  close(): void;
}
