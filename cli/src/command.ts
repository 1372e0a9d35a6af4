/** One command of `flotilla`. */
export interface Command {
  name: string;
  /** For the list of commands. */
  summary: string;
  /** What `flotilla help <name>` prints. */
  usage: string;
  /** @throws UsageError when the arguments do not fit */
  run(args: string[]): Promise<void>;
}
