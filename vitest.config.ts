import { defineConfig } from 'vitest/config';

// Libraries resolve to their sources, so no build is needed. `import` must stay out of the list:
// it breaks the CommonJS `require('pg')` inside TypeORM.
const conditions = ['@broadsheet/source', 'module', 'node', 'development|production'];
const skipped = ['**/dist/**', '**/node_modules/**'];
const realServers = './libs/testing/src/global-setup.ts';

/** Whole-system tests: one file at a time, each with the machine to itself. */
function systemProject(name: string, testTimeoutMs: number, globalSetup: string[] = []) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.spec.ts`],
      exclude: skipped,
      globalSetup,
      fileParallelism: false,
      testTimeout: testTimeoutMs,
      hookTimeout: 240_000,
    },
  };
}

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    environment: 'node',
    pool: 'forks',
    // Two cores must also carry a broker and a Postgres.
    maxWorkers: 2,
    fsModuleCache: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs}/*/src/**/*.spec.ts'],
          exclude: ['**/*.int.spec.ts', ...skipped],
          // Property tests that take a second alone take many on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['{apps,libs}/*/src/**/*.int.spec.ts'],
          exclude: skipped,
          globalSetup: [realServers],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      systemProject('architecture', 60_000),
      systemProject('pipeline', 120_000, ['./tests/pipeline/system.setup.ts']),
      systemProject('contract', 300_000),
      systemProject('chaos', 240_000),
      systemProject('conformance', 120_000),
      systemProject('compose', 240_000),
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['tests/bench/**/*.bench.ts'],
          exclude: skipped,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
