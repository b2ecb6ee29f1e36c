import 'reflect-metadata';

export { type Environment, loadSettings } from './settings/load-settings.ts';
export { SettingsInvalid } from './settings/settings-invalid.errors.ts';
export { booleanSetting, integerSetting, listSetting } from './settings/setting-values.ts';
export { httpSettings, logSettings, type ServiceEnvironment } from './settings/http.settings.ts';
export {
  kafkaSettings,
  toKafkaConnection,
  type KafkaConnection,
  type KafkaEnvironment,
} from './settings/kafka.settings.ts';
export { databaseSettings, type DatabaseEnvironment } from './settings/database.settings.ts';
export { createLogger, NestPinoLogger } from './logging/service-logger.ts';
export { traceIdOf, withLogContext, type LogContext } from './logging/log-context.ts';
export { HealthChecks, type CheckOutcome, type HealthCheck } from './health/health-checks.ts';
export { DATABASE_POOL } from './database/database.module.ts';
export type { ConsumerGroup } from './kafka/start-consumers.ts';
export { Metrics } from './metrics/metrics.ts';
export { PlatformModule, SETTINGS } from './platform.module.ts';
export {
  BackgroundLoop,
  type BackgroundReport,
  type BackgroundWork,
  rest,
} from './process/background-loop.ts';
export { runService, type ServiceOptions } from './run-service.ts';
export { createServiceApp, type ServiceDefinition } from './service-app.ts';
