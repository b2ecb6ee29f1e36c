import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiseTree, workspaceRoot, type CruiseReport, type Violation } from './cruise-tree.ts';
import { PLANTS, plantTree } from './planted-tree.ts';

const ROOMS = ['apps', 'libs', 'tests'];
const MIN_FILES = 100;

function describeViolation({ rule, from, to }: Violation): string {
  return `${rule.name}: ${from} -> ${to}`;
}

describe('the boundaries of this workspace', () => {
  let report: CruiseReport;

  beforeAll(async () => {
    report = await cruiseTree(workspaceRoot, ROOMS);
  });

  it('hold in every file', () => {
    expect(report.summary.violations.map(describeViolation)).toEqual([]);
  });

  it('were held against the whole tree', () => {
    const ownFiles = report.modules.filter(({ source }) => /^(apps|libs|tests)\//.test(source));
    console.log(`architecture: read ${ownFiles.length} files`);
    expect(ownFiles.length).toBeGreaterThan(MIN_FILES);
  });
});

describe('the rules that guard the boundaries', () => {
  let directory: string;
  let report: CruiseReport;

  beforeAll(async () => {
    directory = plantTree();
    report = await cruiseTree(directory, ROOMS);
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(PLANTS)('report $rule for $file', ({ rule, file, to }) => {
    const found = report.summary.violations.filter(({ from }) => from === file);
    expect(found.map(describeViolation)).toContain(`${rule}: ${file} -> ${to}`);
  });

  it('report nothing else', () => {
    const planted = PLANTS.map(({ rule, file, to }) => `${rule}: ${file} -> ${to}`);
    const unexpected = report.summary.violations
      .map(describeViolation)
      .filter((violation) => !planted.includes(violation));
    expect(unexpected).toEqual([]);
  });

  it('have a planted violation each', () => {
    const rules = report.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(new Set(PLANTS.map(({ rule }) => rule))).toEqual(new Set(rules));
  });
});
