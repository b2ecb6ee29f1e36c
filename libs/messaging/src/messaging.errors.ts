/** A store or broker behind a handler is away: keep the offset, pause, try again later. */
export class SinkUnavailable extends Error {
  override readonly name = 'SinkUnavailable';
  readonly code = 'SINK_UNAVAILABLE';
  readonly retry = 'later';
}
