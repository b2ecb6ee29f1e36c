import { threadId } from 'node:worker_threads';

/** Memory that a page takes to its thread, in which the thread notes that it began. */
export type PageStart = Float64Array<SharedArrayBuffer>;

export interface StartedPage {
  readonly threadId: number;
  /** What the thread had used of a processor before. */
  readonly cpuBeforeMs: number;
}

const FIELDS = 2;

export function createPageStart(): PageStart {
  return new Float64Array(new SharedArrayBuffer(FIELDS * Float64Array.BYTES_PER_ELEMENT));
}

/** Called on the thread that takes the page. Threads other than the main one have ids above 0. */
export function noteStart(start: PageStart): void {
  start[1] = cpuMsOf(process.threadCpuUsage());
  start[0] = threadId;
}

/** Null while the page waits for a thread. */
export function readStart(start: PageStart): StartedPage | null {
  const [takenBy = 0, cpuBeforeMs = 0] = start;
  return takenBy === 0 ? null : { threadId: takenBy, cpuBeforeMs };
}

export function cpuMsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
