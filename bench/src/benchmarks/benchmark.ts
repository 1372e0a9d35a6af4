import type { Usage } from '../measure/usage.ts';
import type { Options } from '../options.ts';

/** Figures by name, as the last line of a run prints them. */
export type Figures = Record<string, unknown>;

/** Something `npm run bench -- <name>` measures. */
export type Benchmark = (options: Options, print: (line: string) => void) => Promise<Figures & Usage>;

/** One that needs no server; it runs at three sizes itself where that tells something. */
export type EngineBenchmark = (
  options: Pick<Options, 'seed' | 'growth' | 'total'>,
  print: (line: string) => void,
) => Promise<Figures>;
