/**
 * Environment that keeps the memory of a service, which is a Node process on glibc, near what it uses:
 *
 * - two arenas: what one thread frees serves the others, as pages pass between threads;
 * - memory from 128 KiB on is mapped, and goes back when it is freed. Left alone the limit rises to the largest
 *   block that was ever freed (mallopt(3), M_MMAP_THRESHOLD), and bodies of pages leave holes in the heap;
 * - the collector reserves room for short-lived objects, and lets garbage grow, by the memory of the machine:
 *   it need not.
 */
export const SERVICE_MEMORY = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  NODE_OPTIONS: '--max-semi-space-size=16 --max-old-space-size=1024',
} as const;
