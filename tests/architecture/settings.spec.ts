import { SERVICE_MEMORY } from '@broadsheet/embedded-servers';
import { expect, it } from 'vitest';
import { contentOf, filesMatching } from './workspace-files.ts';

const SETTINGS_FILES = filesMatching('{apps,libs}/*/src/**/*.{settings,config}.ts');

function namesIn(file: string, line: RegExp): readonly string[] {
  return [...contentOf(file).matchAll(line)].map(([, name]) => name ?? '');
}

function declaredSettings(): readonly string[] {
  const names = SETTINGS_FILES.flatMap((file) => namesIn(file, /^\s+([A-Z][A-Z0-9_]+):/gm));
  return [...new Set(names)].toSorted();
}

it('lists every setting of every service in .env.example, and no other', () => {
  const declared = declaredSettings();
  expect(declared.length).toBeGreaterThan(10);
  const listed = namesIn('.env.example', /^#? ?([A-Z][A-Z0-9_]+)=/gm);
  expect(listed).toHaveLength(new Set(listed).size);
  expect(listed.toSorted()).toEqual(declared);
});

it('documents each setting for whoever runs the system', () => {
  const documentation = contentOf('README.md') + contentOf('docs/operations.md');
  const undocumented = declaredSettings().filter((name) => !documentation.includes(`\`${name}\``));
  expect(undocumented).toEqual([]);
});

it('bounds the memory of a service in the image as everywhere else', () => {
  const image = contentOf('Dockerfile');
  const { NODE_OPTIONS, ...allocator } = SERVICE_MEMORY;
  for (const [name, value] of Object.entries(allocator))
    expect(image).toContain(`${name}=${value}`);
  expect(image).toMatch(new RegExp(`NODE_OPTIONS="[^"]*${NODE_OPTIONS}"`));
});
