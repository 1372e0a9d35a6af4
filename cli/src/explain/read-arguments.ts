import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../usage-error.ts';

/**
 * Options, the host or software that is asked about (empty where an option names it) and the vulnerability.
 * @throws UsageError with one line
 */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  const { values: given, positionals } = parse(args, options);
  const isNamed = 'software' in given;
  const [subject = '', cve = ''] = isNamed ? ['', ...positionals] : positionals;
  if (positionals.length !== (isNamed ? 1 : 2)) {
    throw new UsageError(
      isNamed
        ? 'flotilla explain: say which vulnerability'
        : 'flotilla explain: say which host or software, and which vulnerability',
    );
  }
  return { given, subject, cve: cve.toUpperCase() };
}

function parse<const T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(sentence);
  }
}
