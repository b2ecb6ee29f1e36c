import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Level, type Logger, type LoggerOptions, pino } from 'pino';
import { currentLogContext } from './log-context.ts';
import { standardOutput } from './standard-output.ts';

/** Names of fields that hold secrets, wherever an object with them is logged. */
const SECRET_FIELDS = ['password', 'authorization', 'apiKey', 'apikey', 'token', 'cookie'];
/** `user:password@` inside an address, as drivers like to quote them in messages. */
const CREDENTIALS_IN_URL = /:\/\/[^\s/:@]{0,200}:[^\s/@]{0,200}@/g;

/** Where Nest tells of every module and route it puts together. */
const FRAMEWORK_CONTEXTS: ReadonlySet<string> = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
]);

export interface ServiceLoggerOptions {
  readonly service: string;
  readonly level: LoggerOptions['level'];
  /** Where the lines go; standard output unless told otherwise. */
  readonly destination?: DestinationStream;
}

/** One JSON object a line, with service, article id and trace id; secrets are blotted out. */
export function createLogger(options: ServiceLoggerOptions): Logger {
  const settings: LoggerOptions = {
    level: options.level ?? 'info',
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...currentLogContext() }),
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]) },
    serializers: { err: serializeError },
  };
  return pino(settings, options.destination ?? standardOutput());
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { message, stack, type, ...rest } = pino.stdSerializers.err(error);
  return { type, message: withoutCredentials(message), stack: withoutCredentials(stack), ...rest };
}

function withoutCredentials(text: string): string {
  return text.replaceAll(CREDENTIALS_IN_URL, '://…@');
}

/** Nest's logger on pino: `logger.log({ msg, articleId })` becomes fields of the line. */
export class NestPinoLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const isFramework = FRAMEWORK_CONTEXTS.has(String(rest.at(-1)));
    this.write(isFramework ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last, and for errors the stack (a string) or the error before it. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const fields: Record<string, unknown> = typeof context === 'string' ? { context } : {};
    const error = [message, ...rest].find((part) => part instanceof Error);
    if (error !== undefined) fields['err'] = error;
    const stack = rest.length > 1 ? rest[0] : undefined;
    if (typeof stack === 'string' && stack.includes('\n'))
      fields['stack'] = withoutCredentials(stack);
    if (typeof message === 'string') return this.logger[level](fields, withoutCredentials(message));
    if (message instanceof Error)
      return this.logger[level](fields, withoutCredentials(message.message));
    this.logger[level]({ ...fields, ...(typeof message === 'object' ? message : { message }) });
  }
}
