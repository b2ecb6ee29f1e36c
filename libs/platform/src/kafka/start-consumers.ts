import { setTimeout as delay } from 'node:timers/promises';
import {
  type KafkaBatchOptions,
  KafkaBatchStrategy,
  type KafkaClient,
  KafkaLogAdmin,
  KafkaLogProducer,
  PassThroughRpcFilter,
} from '@broadsheet/messaging';
import { type INestMicroservice, Logger } from '@nestjs/common';
import { type MicroserviceOptions, NestMicroservice } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthChecks } from '../health/health-checks.ts';
import { Metrics } from '../metrics/metrics.ts';
import { addConsumerChecks } from './consumer-checks.ts';
import { observeConsumers } from './consumer-metrics.ts';
import { KAFKA_CLIENT } from './kafka.module.ts';
import { messagingLog } from './messaging-log.ts';

/** One consumer group of a service; its handlers are bound with `kafkaGroup(groupId)`. */
export type ConsumerGroup = Pick<
  KafkaBatchOptions,
  | 'groupId'
  | 'partitionsAtOnce'
  | 'members'
  | 'fetchBytesPerPartition'
  | 'fetchWaits'
  | 'freesRecords'
  | 'chunk'
>;

export interface ConsumersOptions {
  readonly service: KafkaBatchOptions['service'];
  readonly groups: readonly ConsumerGroup[];
  readonly probeSink: () => Promise<void>;
  /** A consumer cannot go on: the process must end. */
  readonly onFatal: (error: Error) => void;
  /** Aborts when the service stops. */
  readonly stopping: AbortSignal;
}

const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 15_000;

/**
 * Binds the groups of a service to its handlers and begins to join them. Does not wait for a broker:
 * while there is none it is tried again and again, and /health/ready says so.
 */
export function startConsumers(app: NestFastifyApplication, options: ConsumersOptions): void {
  const strategies: KafkaBatchStrategy[] = [];
  const progress = () => strategies.map((strategy) => strategy.progress());
  const observer = observeConsumers(app.get(Metrics).registry, progress);
  const admin = app.get(KafkaLogAdmin);
  for (const group of options.groups) {
    const strategy = new KafkaBatchStrategy({
      ...group,
      kafka: app.get<KafkaClient>(KAFKA_CLIENT),
      service: options.service,
      deadLetters: app.get(KafkaLogProducer),
      lagSource: admin,
      probeSink: options.probeSink,
      onFatal: options.onFatal,
      log: messagingLog(`Consumer ${group.groupId}`),
      observer,
    });
    strategies.push(strategy);
    addConsumerChecks(app.get(HealthChecks), strategy);
    void join(connect(app, strategy), group.groupId, options);
  }
}

function connect(app: NestFastifyApplication, strategy: KafkaBatchStrategy): INestMicroservice {
  const service = app.connectMicroservice<MicroserviceOptions>(
    { strategy },
    { deferInitialization: true },
  );
  service.useGlobalFilters(new PassThroughRpcFilter());
  // The application has run the hooks of its modules; a deferred microservice would run them again.
  if (service instanceof NestMicroservice) service.setIsInitHookCalled(true);
  return service;
}

async function join(
  service: INestMicroservice,
  groupId: string,
  { stopping }: ConsumersOptions,
): Promise<void> {
  const logger = new Logger('Consumers');
  let waitMs = FIRST_RETRY_MS;
  while (!stopping.aborted) {
    try {
      await service.listen();
      return;
    } catch (error) {
      logger.warn({ msg: 'cannot join yet', groupId, nextTryInMs: waitMs, err: error });
    }
    try {
      await delay(waitMs, undefined, { signal: stopping });
    } catch {
      return;
    }
    waitMs = Math.min(waitMs * 2, MAX_RETRY_MS);
  }
}
