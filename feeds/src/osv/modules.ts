import type { Affected } from '@flotilla/engine/advisories/advisory';
import type { OsvRecord } from './osv-record.ts';

/**
 * Adds the modules that an update of the RHEL family is for. The records have no field for them: the title names them
 * (`Moderate: nodejs:18 security update`), and versions of their packages carry a mark.
 */
export function withModules(statement: Affected, record: OsvRecord): readonly Affected[] {
  const isOfModule = statement.ranges.some(({ fixed }) => fixed !== undefined && /\.module[+_]el/.test(fixed));
  const title = typeof record.summary === 'string' ? record.summary.replace(/^\w+: /, '') : '';
  const modules = isOfModule ? title.match(/[A-Za-z][\w.-]*:[A-Za-z0-9][\w.-]*/g) : null;
  return modules ? modules.map((module) => ({ ...statement, only: { module } })) : [statement];
}
