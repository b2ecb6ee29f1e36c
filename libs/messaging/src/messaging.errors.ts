/** A store or broker behind a handler is away: keep the offset, pause, try again later. */
export class SinkUnavailable extends Error {
  override readonly name = 'SinkUnavailable';
  readonly code = 'SINK_UNAVAILABLE';
  readonly retry = 'later';
}

/** The broker did not acknowledge in time. What was sent may or may not have been written. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
  readonly code = 'BROKER_UNAVAILABLE';
  readonly retry = 'later';
}

/** A record that its topic cannot take. Nothing of the send was attempted that came after it. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';
  readonly code = 'TOO_LARGE';
  readonly retry = 'never';
}

/** A handler did not settle within its deadline, and then failed. */
export class ChunkTimedOut extends Error {
  override readonly name = 'ChunkTimedOut';
  readonly code = 'CHUNK_TIMED_OUT';
  readonly retry = 'later';
}

/** A handler ignored its aborted signal for so long that only ending the process keeps runs apart. */
export class HandlerHung extends Error {
  override readonly name = 'HandlerHung';
  readonly code = 'HANDLER_HUNG';
  readonly retry = 'later';
}

/** A batch, or a part of one, that cannot be decompressed or parsed. */
export class BatchUndecodable extends Error {
  override readonly name = 'BatchUndecodable';
  readonly code = 'BATCH_UNDECODABLE';
  readonly retry = 'never';
}

/**
 * A handler did not answer as BatchHandler says: it resolved with no BatchResult, or threw no Error.
 * The latter is what Nest makes of every error where PassThroughRpcFilter is not installed.
 */
export class HandlerContractBroken extends Error {
  override readonly name = 'HandlerContractBroken';
  readonly code = 'HANDLER_CONTRACT_BROKEN';
  readonly retry = 'never';
}

/** The error as an Error, whatever was thrown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
