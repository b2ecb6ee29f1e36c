import { defineConfig } from 'vitest/config';

// Libraries resolve to their sources, so no build is needed. `import` must stay out of the list:
// it breaks the CommonJS `require('pg')` inside TypeORM.
const conditions = ['@broadsheet/source', 'module', 'node', 'development|production'];
const skipped = ['**/dist/**', '**/node_modules/**'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    environment: 'node',
    pool: 'forks',
    fsModuleCache: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs}/*/src/**/*.spec.ts'],
          exclude: ['**/*.int.spec.ts', ...skipped],
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['{apps,libs}/*/src/**/*.int.spec.ts'],
          exclude: skipped,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
