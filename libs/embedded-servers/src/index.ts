export { ServerNotStarted, type ServerStartCode } from './embedded-servers.errors.ts';
export { type KafkaOptions, type KafkaServer, startKafka } from './kafka-server.ts';
export { findFreePort } from './ports.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres-server.ts';
export { type EmbeddedServer } from './server-process.ts';
