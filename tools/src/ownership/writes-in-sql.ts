/** Something a statement changes: `schema.table`, a bare name, or null where the text does not say which. */
export interface Write {
  verb: string;
  target: string | null;
  /** Of a lock. */
  mode?: string;
  /** Characters before it in the text. */
  at: number;
}

/** Stands in the text for what is only known when the program runs. */
export const UNKNOWN = '\uFFFD';
const TEMPORARY = 'create temporary';

const name = `(?:"[^"]+"|[a-z_\\uFFFD][\\w$\\uFFFD]*)`;
const table = `(${name}(?:\\s*\\.\\s*${name})?)`;
const tables = `(${name}(?:\\s*\\.\\s*${name})?(?:\\s*,\\s*${name}(?:\\s*\\.\\s*${name})?)*)`;
const ifExists = '(?:if\\s+(?:not\\s+)?exists\\s+)?';

/** `update` is also a word of `for update`, `do update set`, `on update`, of triggers and of a lock mode. */
const notAnUpdateOf = '(?<!\\b(?:for|do|on|before|after|or|of|key|no|share)\\s+)';

const patterns: [verb: string, pattern: RegExp][] = [
  ['insert into', new RegExp(`\\binsert\\s+into\\s+${table}`, 'g')],
  ['update', new RegExp(`${notAnUpdateOf}\\bupdate\\s+(?:only\\s+)?${table}`, 'g')],
  ['delete from', new RegExp(`\\bdelete\\s+from\\s+(?:only\\s+)?${table}`, 'g')],
  ['merge into', new RegExp(`\\bmerge\\s+into\\s+(?:only\\s+)?${table}`, 'g')],
  ['truncate', new RegExp(`\\btruncate\\s+(?:table\\s+)?(?:only\\s+)?${tables}`, 'g')],
  ['copy', new RegExp(`\\bcopy\\s+${table}\\s*(?:\\([^)]*\\)\\s*)?from\\b`, 'g')],
  [TEMPORARY, new RegExp(`\\bcreate\\s+temp(?:orary)?\\s+table\\s+${ifExists}${table}`, 'g')],
  ['create', new RegExp(`\\bcreate\\s+(?:unlogged\\s+|foreign\\s+)?table\\s+${ifExists}${table}`, 'g')],
  ['create', new RegExp(`\\bcreate\\s+(?:sequence|type|domain)\\s+${ifExists}${table}`, 'g')],
  ['create', new RegExp(`\\bcreate\\s+(?:or\\s+replace\\s+)?(?:materialized\\s+)?view\\s+${ifExists}${table}`, 'g')],
  ['create', new RegExp(`\\bcreate\\s+(?:or\\s+replace\\s+)?(?:function|procedure)\\s+${table}`, 'g')],
  ['create schema', new RegExp(`\\bcreate\\s+schema\\s+${ifExists}(${name})`, 'g')],
  ['index', new RegExp(`\\bcreate\\s+(?:unique\\s+)?index\\b[^;()]*?\\bon\\s+(?:only\\s+)?${table}`, 'g')],
  [
    'trigger',
    new RegExp(`\\bcreate\\s+(?:or\\s+replace\\s+)?(?:constraint\\s+)?trigger\\b[^;]*?\\bon\\s+${table}`, 'g'),
  ],
  ['alter', new RegExp(`\\balter\\s+(?:table|sequence|type|view|function)\\s+${ifExists}(?:only\\s+)?${table}`, 'g')],
  ['drop', new RegExp(`\\bdrop\\s+(?:table|sequence|type|view|function)\\s+${ifExists}${tables}`, 'g')],
  ['alter schema', new RegExp(`\\b(?:alter|drop)\\s+schema\\s+${ifExists}(${name})`, 'g')],
  ['references', new RegExp(`\\breferences\\s+${table}`, 'g')],
  ['lock', new RegExp(`\\block\\s+table\\s+(?:only\\s+)?${tables}(?:\\s+in\\s+([a-z\\s]+?)\\s+mode)?`, 'g')],
];

/** Every write, lock and definition in some SQL, in the order of the text. */
export function writesInSql(text: string): Write[] {
  const sql = withoutCommentsAndStrings(text).toLowerCase();
  return patterns
    .flatMap(([verb, pattern]) =>
      [...sql.matchAll(pattern)].flatMap((match) =>
        splitTargets(verb, match[1] ?? '').map((target) => ({
          verb,
          target,
          at: match.index,
          ...(verb === 'lock' && { mode: (match[2] ?? 'access exclusive').replaceAll(/\s+/g, ' ') }),
        })),
      ),
    )
    .sort((a, b) => a.at - b.at);
}

/** What is left of a file's writes without those to temporary tables that it makes itself. */
export function toLastingTables<W extends Write>(writes: W[]): W[] {
  const temporary = new Set(writes.filter((write) => write.verb === TEMPORARY).map((write) => write.target));
  return writes.filter(({ target }) => target === null || !temporary.has(target));
}

const splitTargets = (verb: string, list: string) =>
  list.split(',').map((each) => {
    const target = each.replaceAll(/[\s"]/g, '');
    if (verb.endsWith('schema')) return `${target}.`;
    return target.startsWith(UNKNOWN) ? null : target;
  });

/** Same length, so that places stay the same. Bodies in dollar quotes are code and stay. */
function withoutCommentsAndStrings(text: string): string {
  const blank = (match: string) => match.replaceAll(/[^\n]/g, ' ');
  return text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, blank);
}
