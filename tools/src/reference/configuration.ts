import { describeBounds, describeType, type Schema } from './describe-schema.ts';
import { page, table } from './table.ts';

/** The page about every setting read from the environment. */
export function configurationPage(environment: Schema): string {
  const rows = Object.entries(environment.properties ?? {}).map(([name, setting]) => {
    const isRequired = environment.required?.includes(name) && setting.default === undefined;
    const value = setting.default === undefined ? (isRequired ? 'must be set' : 'none') : `\`${setting.default}\``;
    const kind = [describeType(setting), setting.minLength === undefined ? describeBounds(setting) : ''];
    return [`\`${name}\``, kind.filter(Boolean).join(', '), value, setting.description ?? ''];
  });
  return page('Configuration', '`server/src/kernel/config.ts`', [
    'The server reads these environment variables once, at its start. It names all problems at once and does not start with any.',
    table(['variable', 'value', 'without it', 'meaning'], rows),
  ]);
}
