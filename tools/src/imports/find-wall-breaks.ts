import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { walls } from './walls.ts';

const roots = ['contract', 'engine', 'feeds', 'server', 'agent', 'cli', 'web', 'e2e', 'bench', 'tools'];

/** One sentence for each import below `folder` that goes through a wall. */
export async function findWallBreaks(folder: string): Promise<{ problems: string[]; modules: number }> {
  const { output } = await cruise(
    roots.filter((root) => existsSync(join(folder, root))),
    { ...walls.options, baseDir: folder, ruleSet: { forbidden: walls.forbidden }, validate: true },
  );
  const { summary, modules } = output as ICruiseResult;
  const problems = summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle ? [from, ...cycle.map((step) => step.name)].join(' → ') : `${from} → ${to}`;
    return `${rule.name}: ${way}`;
  });
  return { problems: problems.sort(), modules: modules.length };
}
