import { SettingsInvalid } from '../settings/settings-invalid.errors.ts';

/** What Node says when it cannot listen. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address: string;
  readonly port: number;
}

/** One sentence that says what is wrong and what to do; a stack only where nobody foresaw the error. */
export function explainFailedStart(error: unknown): string {
  if (error instanceof SettingsInvalid) return error.message;
  if (isListenError(error)) return explainListening(error);
  return `The start failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function explainListening({ code, port, address }: ListenError): string {
  switch (code) {
    case 'EADDRINUSE':
      return `The port ${port} is taken by another process; stop that one, or set HTTP_PORT to a free port.`;
    case 'EACCES':
      return `The port ${port} is not open to this user; set HTTP_PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `The address ${address} is not one of this machine; set HTTP_BIND to one that is.`;
    default:
      return `Listening on ${address}:${port} failed with ${code}; set HTTP_BIND and HTTP_PORT to an address that can be used.`;
  }
}

function isListenError(error: unknown): error is ListenError {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}
