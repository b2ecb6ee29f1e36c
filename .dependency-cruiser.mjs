const PURE = 'text|article|extraction|feeds|crawl-policy';
const SPEC = '\\.spec\\.ts$';
// Code that only tests run; the suite of a contract stands beside what it holds.
const TEST_CODE = `${SPEC}|\\.contract\\.ts$|^tests/|^libs/testing/|(^|/)vitest\\.config\\.ts$`;
const IO_MODULES =
  '^(node:)?(fs|net|http|https|http2|dns|tls|dgram|child_process|cluster|worker_threads)(/|$)';
const IO_PACKAGES =
  '(^|/)node_modules/(@nestjs/|typeorm/|kafkajs/|pg/|undici/|fastify/|pino/|zod/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'apps-are-islands',
      comment: 'An app knows the events it takes and gives, never another app.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'Libraries serve apps; what both need belongs in a library.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'contracts-is-a-leaf',
      comment: 'The contract is readable without anything else: contracts imports zod alone.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: SPEC },
      to: { pathNot: '^libs/contracts/|(^|/)node_modules/zod/' },
    },
    {
      name: 'pure-libs-stay-pure',
      comment:
        'Decisions and parsers work on values alone; effects belong in the libraries around them.',
      severity: 'error',
      from: { path: `^libs/(${PURE})/`, pathNot: SPEC },
      to: { path: [`^libs/(?!(${PURE})/)`, IO_PACKAGES, IO_MODULES] },
    },
    {
      name: 'kafka-only-in-messaging',
      comment: 'kafkajs is expected to be replaced; only its adapter may know it.',
      severity: 'error',
      from: { pathNot: '^libs/messaging/' },
      to: { path: '(^|/)node_modules/kafkajs/' },
    },
    {
      name: 'typeorm-only-in-persistence',
      comment: 'All SQL is in persistence.',
      severity: 'error',
      from: { pathNot: '^libs/persistence/' },
      to: { path: '(^|/)node_modules/(typeorm|pg|@types/pg|@nestjs/typeorm)/' },
    },
    {
      name: 'undici-only-in-http-client',
      comment: 'The address guard holds only if nothing else fetches.',
      severity: 'error',
      from: { pathNot: '^libs/http-client/' },
      to: { path: '(^|/)node_modules/undici/' },
    },
    {
      name: 'through-the-front-door',
      comment: 'Of another library only src/index.ts is public.',
      severity: 'error',
      from: { path: '^((?:libs|apps)/[^/]+|tests|tools)/' },
      to: {
        path: '^libs/[^/]+/',
        pathNot: ['^$1/', '^libs/[^/]+/(src/index\\.ts|package\\.json)$'],
      },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'Builders, fakes and test servers have no place in what runs in production.',
      severity: 'error',
      from: { pathNot: TEST_CODE },
      to: { path: '^libs/testing/|(^|/)node_modules/(vitest|fast-check|testcontainers)/' },
    },
    {
      name: 'embedded-servers-stay-at-home',
      comment: 'Only `npm start` and the tests run their own Kafka and Postgres.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: [TEST_CODE, '^apps/standalone/', '^libs/embedded-servers/'],
      },
      to: { path: '^libs/embedded-servers/' },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: '(^|/)(main|index)\\.ts$|\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'A rule cannot see through an import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@broadsheet/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
