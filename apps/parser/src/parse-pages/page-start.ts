/** Memory that a thread shares with the main one, in which it notes which page it has begun. */
export type PageStart = Float64Array<SharedArrayBuffer>;

export interface BegunPage {
  readonly serial: number;
  /** What the thread had used of a processor before. */
  readonly cpuBeforeMs: number;
}

const FIELDS = 2;

export function createPageStart(): PageStart {
  return new Float64Array(new SharedArrayBuffer(FIELDS * Float64Array.BYTES_PER_ELEMENT));
}

/** Called on the thread that takes the page. Serials are above 0. */
export function noteStart(start: PageStart, serial: number): void {
  start[1] = cpuMsOf(process.threadCpuUsage());
  start[0] = serial;
}

/** The page that the thread began last; serial 0 before its first. */
export function readStart(start: PageStart): BegunPage {
  const [serial = 0, cpuBeforeMs = 0] = start;
  return { serial, cpuBeforeMs };
}

export function cpuMsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
