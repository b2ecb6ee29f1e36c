import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './cruise-tree.ts';

const LIBS = [
  'article',
  'contracts',
  'embedded-servers',
  'feeds',
  'http-client',
  'messaging',
  'persistence',
  'platform',
  'testing',
  'text',
];
const PACKAGES = ['@nestjs/common', 'kafkajs', 'pg', 'typeorm', 'undici', 'vitest', 'zod'];

/** One file that breaks one rule. `to` is where its import leads, as the report names it. */
export interface Plant {
  readonly rule: string;
  readonly file: string;
  readonly source: string;
  readonly to: string;
}

function imports(specifier: string): string {
  return `import { x } from '${specifier}';\nexport const y = x;\n`;
}

function importsType(specifier: string): string {
  return `import type { X } from '${specifier}';\nexport type Y = X;\n`;
}

export const PLANTS: readonly Plant[] = [
  {
    rule: 'apps-are-islands',
    file: 'apps/parser/src/asks-indexer.ts',
    source: imports('../../indexer/src/main.ts'),
    to: 'apps/indexer/src/main.ts',
  },
  {
    rule: 'libs-never-import-apps',
    file: 'libs/platform/src/knows-parser.ts',
    source: imports('../../../apps/parser/src/main.ts'),
    to: 'apps/parser/src/main.ts',
  },
  {
    rule: 'contracts-is-a-leaf',
    file: 'libs/contracts/src/leans-on-text.ts',
    source: imports('@broadsheet/text'),
    to: 'libs/text/src/index.ts',
  },
  {
    rule: 'contracts-is-a-leaf',
    file: 'libs/contracts/src/hashes.ts',
    source: imports('node:crypto'),
    to: 'crypto',
  },
  {
    rule: 'pure-libs-stay-pure',
    file: 'libs/text/src/reads-files.ts',
    source: imports('node:fs/promises'),
    to: 'fs/promises',
  },
  {
    rule: 'pure-libs-stay-pure',
    file: 'libs/article/src/injected.ts',
    source: imports('@nestjs/common'),
    to: 'node_modules/@nestjs/common/index.js',
  },
  {
    rule: 'pure-libs-stay-pure',
    file: 'libs/feeds/src/publishes.ts',
    source: importsType('@broadsheet/messaging'),
    to: 'libs/messaging/src/index.ts',
  },
  {
    rule: 'kafka-only-in-messaging',
    file: 'apps/indexer/src/types-of-kafka.ts',
    source: importsType('kafkajs'),
    to: 'node_modules/kafkajs/index.js',
  },
  {
    rule: 'kafka-only-in-messaging',
    file: 'libs/platform/src/late-kafka.ts',
    source: "export const kafka = () => import('kafkajs');\n",
    to: 'node_modules/kafkajs/index.js',
  },
  {
    rule: 'typeorm-only-in-persistence',
    file: 'apps/indexer/src/entity.ts',
    source: imports('typeorm'),
    to: 'node_modules/typeorm/index.js',
  },
  {
    rule: 'typeorm-only-in-persistence',
    file: 'apps/indexer/src/pool.ts',
    source: imports('pg'),
    to: 'node_modules/pg/index.js',
  },
  {
    rule: 'undici-only-in-http-client',
    file: 'apps/indexer/src/fetches.ts',
    source: imports('undici'),
    to: 'node_modules/undici/index.js',
  },
  {
    rule: 'through-the-front-door',
    file: 'apps/indexer/src/window.ts',
    source: imports('../../../libs/text/src/words.ts'),
    to: 'libs/text/src/words.ts',
  },
  {
    rule: 'testing-is-for-tests',
    file: 'apps/indexer/src/fake.ts',
    source: imports('@broadsheet/testing'),
    to: 'libs/testing/src/index.ts',
  },
  {
    rule: 'testing-is-for-tests',
    file: 'apps/indexer/src/asserts.ts',
    source: imports('vitest'),
    to: 'node_modules/vitest/index.js',
  },
  {
    rule: 'embedded-servers-stay-at-home',
    file: 'apps/indexer/src/own-postgres.ts',
    source: imports('@broadsheet/embedded-servers'),
    to: 'libs/embedded-servers/src/index.ts',
  },
  {
    rule: 'no-circular',
    file: 'libs/text/src/egg.ts',
    source: importsType('./hen.ts'),
    to: 'libs/text/src/hen.ts',
  },
  {
    rule: 'no-orphans',
    file: 'libs/text/src/forgotten.ts',
    source: 'export const x = 1;\n',
    to: 'libs/text/src/forgotten.ts',
  },
  {
    rule: 'no-unresolvable',
    file: 'libs/text/src/lost.ts',
    source: imports('@broadsheet/text/src/words.ts'),
    to: '@broadsheet/text/src/words.ts',
  },
];

/** What is allowed and looks like what is not. */
const ALLOWED: Readonly<Record<string, string>> = {
  'apps/indexer/src/main.ts': imports('@broadsheet/persistence'),
  'apps/indexer/src/index-articles.spec.ts': imports('@broadsheet/testing'),
  'apps/parser/src/main.ts': imports('@broadsheet/messaging'),
  'apps/standalone/src/main.ts': imports('@broadsheet/embedded-servers'),
  'libs/article/src/splits-words.ts': imports('@broadsheet/text'),
  'libs/contracts/src/topics.event.ts': imports('zod'),
  'libs/http-client/src/client.ts': imports('undici'),
  'libs/messaging/src/client.ts': imports('kafkajs'),
  'libs/messaging/src/log.contract.ts': imports('vitest'),
  'libs/persistence/src/pool.ts': imports('pg'),
  // The other half of the planted cycle, which is reported once.
  'libs/text/src/hen.ts': imports('./egg.ts'),
  'libs/text/src/words.spec.ts': imports('./words.ts'),
  'libs/text/src/words.ts': 'export const x = 1;\n',
  'tests/pipeline/push.spec.ts': imports('@broadsheet/testing'),
};

/** A small workspace outside this one, with every plant in it; the caller removes the directory. */
export function plantTree(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), content);
  };
  cpSync(join(workspaceRoot, 'tsconfig.base.json'), join(directory, 'tsconfig.base.json'));
  write('package.json', '{ "type": "module" }');
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: './index.js' }));
    write(`node_modules/${name}/index.js`, 'export const x = 1;\n');
  }
  mkdirSync(join(directory, 'node_modules/@broadsheet'), { recursive: true });
  for (const name of LIBS) {
    const exported = {
      '.': { '@broadsheet/source': './src/index.ts', default: './dist/index.js' },
    };
    const manifest = { name: `@broadsheet/${name}`, type: 'module', exports: exported };
    write(`libs/${name}/package.json`, JSON.stringify(manifest));
    write(`libs/${name}/src/index.ts`, 'export const x = 1;\n');
    symlinkSync(join(directory, 'libs', name), join(directory, 'node_modules/@broadsheet', name));
  }
  for (const [file, source] of Object.entries(ALLOWED)) write(file, source);
  for (const plant of PLANTS) write(plant.file, plant.source);
  return directory;
}
