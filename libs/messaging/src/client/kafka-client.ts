import './kafkajs-timer-fix.ts';
import './kafkajs-batch-decoder.ts';
import './kafkajs-produce-encoder.ts';
import './kafkajs-produce-response.ts';
import kafkajs, { type Kafka, type LogEntry } from 'kafkajs';
import { zstdCodec } from '../codecs/zstd.codec.ts';
import type { LogLevel, MessagingLog } from './messaging-log.ts';

// A CommonJS module of which Node sees not every export by name.
const { CompressionCodecs, CompressionTypes, logLevel } = kafkajs;

/** How to reach the brokers; times are those of kafkajs but for what stands below. */
export interface KafkaSettings {
  /** `host:port` of one or more brokers. */
  readonly brokers: readonly string[];
  readonly ssl: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly clientId: string;
  readonly log: MessagingLog;
}

/** The connection that the producer, the admin and the consumers of this library are made from. */
export type KafkaClient = Kafka;

// kafkajs keeps its codecs in one table per process. Only what we send goes through it: what is
// fetched is decoded by codecs/decompress.ts.
CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;

/** Prepares a client; connects nothing yet. */
export function createKafka(settings: KafkaSettings): KafkaClient {
  return new kafkajs.Kafka({
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    ssl: settings.ssl,
    ...(settings.sasl === undefined ? {} : { sasl: saslOptions(settings.sasl) }),
    connectionTimeout: 5_000,
    requestTimeout: 15_000,
    // Short rounds: those above (producer, consumer) repeat them, and see a returning broker soon.
    retry: { initialRetryTime: 200, retries: 5, maxRetryTime: 2_000 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => forwardLog(entry, settings.log),
  });
}

function saslOptions({ mechanism, username, password }: NonNullable<KafkaSettings['sasl']>) {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}

const LEVELS: Readonly<Record<number, LogLevel>> = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'debug',
  [logLevel.DEBUG]: 'debug',
};

/**
 * kafkajs calls an error what it is about to try again. Errors here are its crashes, and a committed
 * offset that is out of range: records were deleted before they were read.
 */
const ERROR_NAMESPACES: ReadonlySet<string> = new Set(['Consumer', 'ConsumerGroup']);

function forwardLog({ namespace, level, log }: LogEntry, target: MessagingLog): void {
  const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...fields } = log;
  const isPassing = level === logLevel.ERROR && !ERROR_NAMESPACES.has(namespace);
  const ours = isPassing ? 'warn' : (LEVELS[level] ?? 'debug');
  target(ours, `kafkajs ${namespace}: ${message}`, fields);
}
