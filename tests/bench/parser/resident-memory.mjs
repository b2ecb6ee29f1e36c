import { readFileSync } from 'node:fs';

/** Megabytes by the kernel's count: `VmRSS` now, `VmHWM` the most so far. */
export function residentMb(field) {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm');
  return Number(line.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}
