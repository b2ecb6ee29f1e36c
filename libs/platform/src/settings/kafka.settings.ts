import { z } from 'zod';
import { SettingsInvalid } from './settings-invalid.errors.ts';
import { booleanSetting } from './setting-values.ts';

const BROKER = /^[^\s:,]{1,255}:\d{1,5}$/;

export const kafkaSettings = {
  KAFKA_BROKERS: z
    .string('is not set: give the addresses of the brokers, such as localhost:9092')
    .transform((value) => value.split(',').map((broker) => broker.trim()))
    .refine(
      (brokers) => brokers.every((broker) => BROKER.test(broker)),
      'must be a comma-separated list of host:port, such as localhost:9092',
    ),
  KAFKA_SSL: booleanSetting(false),
  KAFKA_SASL_MECHANISM: z
    .enum(
      ['plain', 'scram-sha-256', 'scram-sha-512'],
      'must be one of plain, scram-sha-256, scram-sha-512, or unset for no login',
    )
    .optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
};

const KafkaEnvironment = z.object(kafkaSettings);
export type KafkaEnvironment = Readonly<z.infer<typeof KafkaEnvironment>>;

/** How to reach the brokers, in the words of libs/messaging. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly ssl: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** @throws {SettingsInvalid} when a login is asked for without a name or a password. */
export function toKafkaConnection(env: KafkaEnvironment): KafkaConnection {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username } = env;
  const connection = { brokers: env.KAFKA_BROKERS, ssl: env.KAFKA_SSL };
  if (mechanism === undefined) return connection;
  const password = env.KAFKA_SASL_PASSWORD;
  if (username === undefined || password === undefined) {
    throw new SettingsInvalid(
      'The setting KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD; set both, or unset all three.',
    );
  }
  return { ...connection, sasl: { mechanism, username, password } };
}
