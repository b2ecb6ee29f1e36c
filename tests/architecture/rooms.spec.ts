import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from './cruise-tree.ts';
import { contentOf, filesMatching, manifestOf } from './workspace-files.ts';

const APPS = ['fetcher', 'gateway', 'indexer', 'migrate', 'parser', 'standalone'];
const LIBS = [
  'article',
  'contracts',
  'crawl-policy',
  'embedded-servers',
  'extraction',
  'feeds',
  'http-client',
  'messaging',
  'persistence',
  'platform',
  'testing',
  'text',
];
const PACKAGES = [...APPS.map((app) => `apps/${app}`), ...LIBS.map((lib) => `libs/${lib}`)];

const sources = filesMatching('{apps,libs}/*/src/**/*', 'tests/**/*').filter((path) =>
  /\.\w+$/.test(path),
);
const typescript = sources.filter((path) => path.endsWith('.ts'));
const production = typescript.filter(
  (path) => !/\.spec\.ts$|\.contract\.ts$|^tests\/|^libs\/testing\//.test(path),
);

function foldersIn(room: string): readonly string[] {
  return readdirSync(join(workspaceRoot, room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

describe('the rooms', () => {
  it('are the ones that the architecture names', () => {
    expect(foldersIn('apps')).toEqual(APPS);
    expect(foldersIn('libs')).toEqual(LIBS);
  });

  it('hold enough files for the rules below to mean something', () => {
    expect(typescript.length).toBeGreaterThan(100);
  });

  it.each(APPS)('the app %s starts at src/main.ts', (app) => {
    expect(typescript).toContain(`apps/${app}/src/main.ts`);
  });

  it.each(LIBS)('the library %s shows itself in src/index.ts', (lib) => {
    expect(typescript).toContain(`libs/${lib}/src/index.ts`);
  });

  it('have no drawer for what fits nowhere', () => {
    const drawer = /(^|\/)(utils?|helpers?|common|shared|misc|types|interfaces)(\/|\.ts$)/;
    expect(sources.filter((path) => drawer.test(path))).toEqual([]);
  });

  it('name files in kebab-case, with roles after dots', () => {
    const names = /^(\.?[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    expect(typescript.filter((path) => !names.test(path.split('/').at(-1) ?? ''))).toEqual([]);
  });
});

describe('the code', () => {
  it('enumerates what a library exports', () => {
    const wildcard = /^export \*/m;
    expect(production.filter((path) => wildcard.test(contentOf(path)))).toEqual([]);
  });

  it('reads the environment only where a process starts', () => {
    const door =
      /\/main\.ts$|\.config\.ts$|^apps\/(standalone|migrate)\/|^libs\/embedded-servers\//;
    const readers = production.filter((path) => /process\.env\b/.test(contentOf(path)));
    expect(readers.filter((path) => !door.test(path))).toEqual([]);
  });

  it('keeps the entry points of the services small', () => {
    const lines = (app: string): number => contentOf(`apps/${app}/src/main.ts`).split('\n').length;
    const fat = ['fetcher', 'gateway', 'indexer', 'parser'].filter((app) => lines(app) > 40);
    expect(fat).toEqual([]);
  });

  it('has no test that is switched off or runs alone', () => {
    const switched = /\b(?:it|test|describe)\.(?:skip|only|todo)\(/;
    expect(typescript.filter((path) => switched.test(contentOf(path)))).toEqual([]);
  });
});

describe('the packages', () => {
  it.each(PACKAGES)('%s refers in tsconfig.json to the libraries it depends on', (folder) => {
    const own = /^@broadsheet\//;
    const dependencies = Object.keys(manifestOf(folder).dependencies ?? {});
    const expected = dependencies
      .filter((name) => own.test(name))
      .map((name) => `../../libs/${name.replace(own, '')}`);
    const { references } = JSON.parse(contentOf(`${folder}/tsconfig.json`)) as {
      references?: { path: string }[];
    };
    expect((references ?? []).map(({ path }) => path).toSorted()).toEqual(expected.toSorted());
  });

  it('are all built from the root', () => {
    const { references } = JSON.parse(contentOf('tsconfig.json')) as {
      references: { path: string }[];
    };
    expect(references.map(({ path }) => path).toSorted()).toEqual(PACKAGES.toSorted());
  });

  it('pin one version of each dependency', () => {
    const versions = new Map<string, Set<string>>();
    for (const file of filesMatching(
      'package.json',
      '{apps,libs}/*/package.json',
      'tests/package.json',
    )) {
      const manifest = manifestOf(dirname(file));
      const declared = { ...manifest.dependencies, ...manifest.devDependencies };
      for (const [name, version] of Object.entries(declared)) {
        versions.set(name, (versions.get(name) ?? new Set()).add(version));
      }
    }
    const loose = [...versions].filter(
      ([, given]) =>
        given.size > 1 || ![...given].every((version) => /^(npm:\S+@)?\d/.test(version)),
    );
    expect(loose.map(([name]) => name)).toEqual([]);
  });
});
