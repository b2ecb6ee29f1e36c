export type ServerStartCode =
  | 'ACCOUNT_MISSING'
  | 'ALREADY_RUNNING'
  | 'BINARIES_MISSING'
  | 'DIRECTORY_NOT_WRITABLE'
  | 'JARS_NOT_FETCHED'
  | 'JAVA_MISSING'
  | 'JAVA_TOO_OLD'
  | 'MAVEN_MISSING'
  | 'PORT_TAKEN'
  | 'SERVER_NOT_READY';

/** The message is one sentence for a person: what is wrong and what to do about it. */
export class ServerNotStarted extends Error {
  override readonly name = 'ServerNotStarted';
  readonly retry = 'never';
  readonly code: ServerStartCode;

  constructor(code: ServerStartCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
