/** A server did not answer in the time that it was given. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
  readonly code = 'SERVER_UNREACHABLE';
  readonly retry = 'later';
}
