import { describe, expect, it } from 'vitest';
import { domains } from '../domains.ts';
import { withTree } from '../temporary-tree.ts';
import { findWallBreaks } from './find-wall-breaks.ts';

/** Files that others import in the cases below. */
const neighbours = {
  'contract/src/hosts.ts': 'export const hosts = 1;',
  'engine/src/verdict.ts': 'export const verdict = 1;',
  'feeds/src/osv.ts': 'export const osv = 1;',
  'server/src/main.ts': 'export const main = 1;',
  'server/src/kernel/log.ts': 'export const log = 1;',
  'agent/src/agent.ts': 'export const agent = 1;',
  'cli/src/cli.ts': 'export const cli = 1;',
  'web/src/web.ts': 'export const web = 1;',
  'bench/src/bench.ts': 'export const bench = 1;',
  'tools/src/tool.ts': 'export const tool = 1;',
  ...Object.fromEntries(
    domains.flatMap((domain) => [
      [`server/src/${domain}/index.ts`, `export const door = '${domain}';`],
      [`server/src/${domain}/inner.ts`, 'export const inner = 1;'],
    ]),
  ),
  'node_modules/kysely/package.json': '{"name":"kysely","type":"module","exports":"./dist/index.js"}',
  'node_modules/kysely/dist/index.js': 'export const sql = 1;',
  'node_modules/typebox/package.json': '{"name":"typebox","type":"module","exports":"./index.js"}',
  'node_modules/typebox/index.js': 'export default 1;',
};

async function breaksOf(files: Record<string, string>): Promise<string[]> {
  const { problems } = await withTree({ ...neighbours, ...files }, findWallBreaks);
  return problems;
}

const rulesOf = async (files: Record<string, string>) =>
  new Set((await breaksOf(files)).map((problem) => problem.split(':')[0]));

/** One file that breaks one rule. */
const violations: [rule: string, path: string, text: string][] = [
  ['resolvable', 'cli/src/a.ts', "import './nowhere.ts';"],
  ['front-door-between-domains', 'server/src/inventory/a.ts', "import '../hosts/inner.ts';"],
  ['front-door-between-domains', 'server/src/inventory/a.ts', "import type { X } from '../hosts/inner.ts';"],
  ['front-door-between-domains', 'server/src/testing/a.ts', "import '../hosts/inner.ts';"],
  ['front-door-from-outside', 'server/src/main.ts', "import './hosts/inner.ts';"],
  ['kernel-knows-no-domain', 'server/src/kernel/a.ts', "import '../hosts/index.ts';"],
  ['kernel-knows-no-domain', 'server/src/kernel/http/a.ts', "import type { X } from '../../hosts/index.ts';"],
  ['main-is-the-top', 'server/src/hosts/a.ts', "import '../main.ts';"],
  ['domain-order-hosts', 'server/src/hosts/a.ts', "import '../inventory/index.ts';"],
  ['domain-order-activity', 'server/src/activity/a.ts', "import type { X } from '../check-in/index.ts';"],
  ['domain-order-updates', 'server/src/updates/a.ts', "import '../check-in/index.ts';"],
  ['only-queries-touch-sql', 'server/src/hosts/read-host.ts', "import { sql } from 'kysely';\nsql;"],
  ['only-queries-touch-sql', 'cli/src/a.ts', "import 'kysely';"],
  ['engine-is-pure', 'engine/src/a.ts', "import { readFileSync } from 'node:fs';\nreadFileSync;"],
  ['engine-is-pure', 'engine/src/a.ts', "import 'crypto';"],
  ['engine-reaches-nothing-of-ours', 'engine/src/a.ts', "import '../../contract/src/hosts.ts';"],
  ['contract-is-a-leaf', 'contract/src/a.ts', "import 'node:fs';"],
  ['contract-is-a-leaf', 'contract/src/a.ts', "import 'kysely';"],
  ['contract-reaches-nothing-of-ours', 'contract/src/a.ts', "import '../../engine/src/verdict.ts';"],
  ['feeds-reaches-engine', 'feeds/src/a.ts', "import '../../contract/src/hosts.ts';"],
  ['feeds-reaches-engine', 'feeds/src/a.ts', "import '../../server/src/kernel/log.ts';"],
  ['server-reaches-contract-and-engine-and-feeds', 'server/src/kernel/a.ts', "import '../../../agent/src/agent.ts';"],
  ['server-reaches-contract-and-engine-and-feeds', 'server/src/kernel/a.ts', "import '../../../bench/src/bench.ts';"],
  ['agent-reaches-contract-and-engine', 'agent/src/a.ts', "import '../../server/src/kernel/log.ts';"],
  ['agent-reaches-contract-and-engine', 'agent/src/a.ts', "import '../../feeds/src/osv.ts';"],
  ['cli-reaches-contract-and-engine-and-feeds', 'cli/src/a.ts', "import '../../server/src/kernel/log.ts';"],
  ['web-reaches-contract', 'web/src/a.tsx', "import '../../cli/src/cli.ts';"],
  ['web-reaches-contract', 'web/src/a.ts', "import '../../engine/src/verdict.ts';"],
];

describe('the walls', () => {
  it.each(violations)('%s is broken by %s with %s', async (rule, path, text) => {
    expect(await rulesOf({ [path]: text })).toContain(rule);
  });

  it('a cycle is named once, with its way', async () => {
    const cycle = await breaksOf({
      'cli/src/a.ts': "import { b } from './b.ts';\nexport const a = b;",
      'cli/src/b.ts': "import { a } from './a.ts';\nexport const b = a;",
    });
    expect(cycle).toEqual(['no-cycles: cli/src/a.ts → cli/src/b.ts → cli/src/a.ts']);
  });

  it('what the architecture allows passes', async () => {
    const allowed = {
      'server/src/main.ts': domains.map((domain) => `import './${domain}/index.ts';`).join('\n'),
      'server/src/check-in/a.ts': "import '../hosts/index.ts';\nimport '../kernel/log.ts';",
      'server/src/hosts/queries.ts': "import 'kysely';",
      'server/src/hosts/queries/list.ts': "import 'kysely';",
      'server/src/hosts/ids.ts': "import type { Kysely } from 'kysely';\nexport type K = Kysely;",
      'server/src/hosts/a.db.test.ts': "import '../inventory/inner.ts';\nimport 'kysely';",
      'server/src/kernel/db.ts': "import 'kysely';",
      'server/src/kernel/x.ts': "import '../../../contract/src/hosts.ts';\nimport '../../../engine/src/verdict.ts';",
      'contract/src/a.ts': "import 'typebox';",
      'feeds/src/a.ts': "import '../../engine/src/verdict.ts';\nimport 'node:fs';",
      'web/src/a.tsx': "import '../../contract/src/hosts.ts';",
      'bench/src/a.ts': "import '../../server/src/hosts/inner.ts';",
      'cli/src/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }",
      'cli/src/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }",
    };
    expect(await breaksOf(allowed)).toEqual([]);
  });
});
