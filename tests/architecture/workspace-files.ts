import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './cruise-tree.ts';

const NOT_OURS = ['**/node_modules/**', '**/dist/**'];

/** Paths of files, relative to the workspace, with forward slashes, in order. */
export function filesMatching(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: workspaceRoot, exclude: NOT_OURS })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

export function contentOf(file: string): string {
  return readFileSync(join(workspaceRoot, file), 'utf8');
}

export interface PackageManifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function manifestOf(folder: string): PackageManifest {
  return JSON.parse(contentOf(`${folder}/package.json`)) as PackageManifest;
}
