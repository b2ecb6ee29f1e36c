import {
  createKafka,
  type KafkaClient,
  KafkaLogAdmin,
  KafkaLogProducer,
} from '@broadsheet/messaging';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { HealthChecks } from '../health/health-checks.ts';
import { type KafkaEnvironment, toKafkaConnection } from '../settings/kafka.settings.ts';
import { KafkaLifecycle } from './kafka-lifecycle.ts';
import { messagingLog } from './messaging-log.ts';

/** Injects the client that consumers are made from. */
export const KAFKA_CLIENT = Symbol('KAFKA_CLIENT');

/** Producer and admin of a service; both connect when they are first used. */
@Global()
@Module({})
export class KafkaModule {
  static forService(service: string, env: KafkaEnvironment): DynamicModule {
    const connection = toKafkaConnection(env);
    const log = messagingLog('Kafka');
    return {
      module: KafkaModule,
      providers: [
        {
          provide: KAFKA_CLIENT,
          useFactory: () => createKafka({ ...connection, clientId: `broadsheet-${service}`, log }),
        },
        {
          provide: KafkaLogProducer,
          inject: [KAFKA_CLIENT],
          useFactory: (kafka: KafkaClient) => new KafkaLogProducer({ kafka, log }),
        },
        {
          provide: KafkaLogAdmin,
          inject: [KAFKA_CLIENT],
          useFactory: (kafka: KafkaClient) => new KafkaLogAdmin(kafka),
        },
        {
          provide: KafkaLifecycle,
          inject: [KafkaLogProducer, KafkaLogAdmin, HealthChecks],
          useFactory: (producer: KafkaLogProducer, admin: KafkaLogAdmin, checks: HealthChecks) =>
            new KafkaLifecycle(producer, admin, checks),
        },
      ],
      exports: [KAFKA_CLIENT, KafkaLogProducer, KafkaLogAdmin],
    };
  }
}
