import { KafkaLogProducer } from '@broadsheet/messaging';
import { createPool } from '@broadsheet/persistence';
import { DATABASE_POOL, Metrics } from '@broadsheet/platform';
import { Test } from '@nestjs/testing';
import { expect, it } from 'vitest';
import { IndexArticlesConsumer } from './index-articles/index-articles.consumer.ts';
import { IndexArticlesHandler } from './index-articles/index-articles.handler.ts';
import { IndexerModule } from './indexer.module.ts';
import { RecordTrailConsumer } from './record-trail/record-trail.consumer.ts';
import { RecordTrailHandler } from './record-trail/record-trail.handler.ts';

const pool = createPool(
  {
    url: 'postgres://127.0.0.1:1/none',
    applicationName: 'spec',
    maxConnections: 1,
    statementTimeoutMs: 1,
  },
  () => undefined,
);

class EdgesModule {}

/** What the platform provides, without a connection. */
const edges = {
  module: EdgesModule,
  global: true,
  providers: [
    { provide: DATABASE_POOL, useValue: pool },
    { provide: KafkaLogProducer, useValue: { send: () => Promise.resolve([]) } },
    { provide: Metrics, useValue: new Metrics('indexer') },
  ],
  exports: [DATABASE_POOL, KafkaLogProducer, Metrics],
};

it('gives each consumer its handler', async () => {
  const module = await Test.createTestingModule({
    imports: [
      edges,
      IndexerModule.forService({ RETENTION_DAYS: 0, RETENTION_DAYS_BY_SOURCE: new Map() }),
    ],
  }).compile();
  expect(module.get(IndexArticlesConsumer)).toHaveProperty(
    'handler',
    module.get(IndexArticlesHandler),
  );
  expect(module.get(RecordTrailConsumer)).toHaveProperty('handler', module.get(RecordTrailHandler));
  await module.close();
});
