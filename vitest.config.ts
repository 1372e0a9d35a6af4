import { defineConfig } from 'vitest/config';

const folders = ['contract', 'engine', 'feeds', 'server', 'agent', 'cli', 'web', 'bench', 'tools', 'bin'];
const ignored = ['**/node_modules/**', '**/dist/**'];

/** Three kinds of tests: pure ones, ones with a real PostgreSQL, and whole-system ones, which run one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx,js}`),
          exclude: [...ignored, '**/*.db.test.ts'],
        },
      },
      {
        test: {
          name: 'db',
          include: ['server/**/*.db.test.ts', 'bench/**/*.db.test.ts'],
          exclude: ignored,
          globalSetup: ['server/src/kernel/testing/postgres-for-tests.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/src/**/*.test.ts'],
          exclude: ignored,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
