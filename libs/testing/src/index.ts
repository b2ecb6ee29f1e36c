export { articleArrival } from './article-arrival.builder.ts';
export { consumedRecord, recordBatch, type RecordParts } from './consumed-record.builder.ts';
export { type OwnKafka, type OwnPostgres, startKafka, startPostgres } from './own-servers.ts';
export { parsedArticle } from './parsed-article.builder.ts';
export { headerOf, type PublishedRecords, readPublished } from './published-records.ts';
export {
  endlessAnswer,
  floodingAnswer,
  headerFloodAnswer,
  rawAnswer,
  silentAnswer,
} from './site/hostile-answers.ts';
export { ManySites, type LoggedRequest } from './site/many-sites.ts';
export {
  type SelfSignedCertificate,
  selfSignedCertificate,
} from './site/self-signed-certificate.ts';
export type { SiteAnswer, SiteReply } from './site/site-answer.ts';
export { conditionalAnswer, SiteServer, type SiteRequest } from './site/site-server.ts';
export { createEmptyDatabase, createTestDatabase, type TestDatabase } from './test-database.ts';
export {
  GatewayClient,
  type ServedArticle,
  type ServedTrailStep,
  withoutStory,
} from './system/gateway-client.ts';
export { openRawTopic, type RawRecord, type RawTopic } from './system/raw-topic.ts';
export { ServiceProcess, type ServiceProcessOptions } from './system/service-process.ts';
export { type RunningSystem, startSystem, type SystemOptions } from './system/start-system.ts';
export { testBrokers, uniqueGroup, uniqueTopic } from './test-kafka.ts';
export { waitFor, type WaitOptions } from './wait-for.ts';
