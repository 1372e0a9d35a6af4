import { writeFileSync } from 'node:fs';
import { runSteps } from './run-steps.ts';
import { imports } from './steps/imports.ts';
import { lint } from './steps/lint.ts';
import { ownership } from './steps/ownership.ts';
import { reference } from './steps/reference.ts';
import { schema } from './steps/schema.ts';
import { sizes } from './steps/sizes.ts';
import { types } from './steps/types.ts';

const steps = [types, lint, imports, ownership, sizes, schema, reference];
const wanted = process.argv.slice(2);
const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name));
const failed = await runSteps(chosen, (line) => console.log(line));
// `npm test` adds these up with its own.
const results = process.env.FLOTILLA_TEST_RESULTS;
if (results) writeFileSync(results, JSON.stringify({ passed: chosen.length - failed, failed, skipped: [] }));
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
