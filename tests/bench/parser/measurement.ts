import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SERVICE_MEMORY } from '@broadsheet/embedded-servers';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/** Of one thread over a folder of pages, after warm-up. */
export interface ExtractionFigures {
  readonly pagesPerSecond: number;
  readonly pagesPerCpuSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly peakResidentMb: number;
  readonly texts: readonly string[];
}

/** Of the pool of the parser over pages without end. */
export interface PoolFigures {
  readonly pagesPerSecond: number;
  readonly pagesPerCpuSecond: number;
  /** Of the main thread for one page. */
  readonly mainCpuMs: number;
  readonly peakResidentMb: number;
  /** Pages that would have become dead letters: on a machine without other work none. */
  readonly failed: number;
  /** Resident memory when so many pages were parsed. */
  readonly residentMb: readonly { readonly pages: number; readonly megabytes: number }[];
}

/** Of damaged pages on one thread. */
export interface MutatedFigures {
  readonly rejected: number;
  readonly slowestMs: number;
  readonly slowestBytes: number;
  readonly megabytesPerCpuSecond: number;
  readonly peakResidentMb: number;
}

/** Runs a program of this folder in a process of its own and resolves with the JSON that it prints. */
export async function measure<Figures>(program: string, task: object): Promise<Figures> {
  const args = [join(import.meta.dirname, program), JSON.stringify(task)];
  // A test runner's own options for Node would change what is measured.
  const env = { ...process.env, ...SERVICE_MEMORY };
  const { stdout } = await run(process.execPath, args, { env, maxBuffer: MAX_OUTPUT_BYTES });
  return JSON.parse(stdout) as Figures;
}
