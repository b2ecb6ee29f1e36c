export { ServerNotStarted, type ServerStartCode } from './embedded-servers.errors.ts';
export { type KafkaOptions, type KafkaServer, startKafka } from './kafka-server.ts';
export { type ServerRecord, stopLeftover } from './leftover.ts';
export { findFreePort, isPortFree, requireFreePort } from './ports.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres-server.ts';
export { type EmbeddedServer, ServerProcess, type ServerProgram } from './server-process.ts';
export { SERVICE_MEMORY } from './service-memory.ts';
export { requireWritableDirectory } from './writable-directory.ts';
