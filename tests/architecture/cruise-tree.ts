import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const workspaceRoot = join(import.meta.dirname, '..', '..');

const cruiser = join(workspaceRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const rules = join(workspaceRoot, '.dependency-cruiser.mjs');

export interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

export interface CruiseReport {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly Violation[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

/** Holds the workspace's own rules against the tree in `directory`. */
export async function cruiseTree(
  directory: string,
  rooms: readonly string[],
): Promise<CruiseReport> {
  const args = [cruiser, '--config', rules, '--output-type', 'json', ...rooms];
  const options = { cwd: directory, maxBuffer: 256 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout) as CruiseReport;
}
