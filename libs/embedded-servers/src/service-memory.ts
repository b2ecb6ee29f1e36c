/**
 * Environment that keeps the memory of a service, which is a Node process on glibc, near what it uses:
 *
 * - two arenas: what one thread frees serves the others, as pages pass between threads;
 * - the collector reserves room for short-lived objects, and lets garbage grow, by the memory of the machine:
 *   it need not.
 */
export const SERVICE_MEMORY = {
  MALLOC_ARENA_MAX: '2',
  NODE_OPTIONS: '--max-semi-space-size=16 --max-old-space-size=1024',
} as const;
