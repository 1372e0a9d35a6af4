/** One thing that `npm run check` looks at. */
export interface Step {
  name: string;
  run(): Promise<Findings>;
}

export interface Findings {
  /** A sentence each; the step passes when there are none. */
  problems: string[];
  /** What is worth seeing also when all is well. */
  notes?: string[];
}
