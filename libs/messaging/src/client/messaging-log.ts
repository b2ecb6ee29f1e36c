export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where this library says what it does: one line, with fields for machines. */
export type MessagingLog = (
  level: LogLevel,
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;
