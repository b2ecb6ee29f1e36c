/** The name resolves to an address that must not be reached. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_REFUSED';
  readonly retry = 'never';

  constructor(host: string, address: string) {
    super(
      host === address
        ? `${host} is not a public address`
        : `${host} resolves to ${address}, which is not public`,
    );
  }
}

/** The name has no address at this time. */
export class NameNotResolved extends Error {
  override readonly name = 'NameNotResolved';
  readonly code = 'DNS_FAILED';
  readonly retry = 'later';

  constructor(host: string, options?: ErrorOptions) {
    super(`${host} cannot be resolved`, options);
  }
}

/** The body passed a limit of ours, on the wire or after inflating. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly code = 'BODY_TOO_LARGE';
  readonly retry = 'never';
}

/** The body is coded in a way that is not read here. */
export class EncodingRefused extends Error {
  override readonly name = 'EncodingRefused';
  readonly code = 'ENCODING_REFUSED';
  readonly retry = 'never';
}

/** The body cannot be inflated. */
export class BodyCorrupt extends Error {
  override readonly name = 'BodyCorrupt';
  readonly code = 'BODY_CORRUPT';
  readonly retry = 'later';
}
