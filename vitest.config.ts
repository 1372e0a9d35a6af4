import { defineConfig } from 'vitest/config';

const folders = ['contract', 'engine', 'feeds', 'server', 'agent', 'cli', 'web', 'bench', 'tools', 'bin'];
const ignored = ['**/node_modules/**', '**/dist/**'];

/** These install packages on this machine, or compare what it has with what Flotilla shows. */
const ofMachine = ['thin-loop', 'install-kill', 'agent-inventory', 'start'].map((name) => `e2e/src/${name}.test.ts`);

/** Tests of whole systems run one file at a time. */
const wholeSystem = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 };

/**
 * Four kinds of tests: pure ones, ones with a real PostgreSQL, and ones of whole systems, of which some need this machine
 * for themselves.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx,js}`),
          exclude: [...ignored, '**/*.db.test.ts'],
          // Both cores are busy with other tests meanwhile.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['server/**/*.db.test.ts', 'bench/**/*.db.test.ts'],
          exclude: ignored,
          globalSetup: ['server/src/kernel/testing/postgres-for-tests.ts', 'server/src/testing/set-up-for-tests.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/src/**/*.test.ts'],
          exclude: [...ignored, ...ofMachine],
          ...wholeSystem,
        },
      },
      { test: { name: 'e2e-machine', include: ofMachine, exclude: ignored, ...wholeSystem } },
    ],
  },
});
