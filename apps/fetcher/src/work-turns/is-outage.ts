/** A store or the broker is away; a mistake in one piece of work must not slow down the others. */
export function isOutage(error: unknown): boolean {
  return error instanceof Error && 'retry' in error && error.retry === 'later';
}
