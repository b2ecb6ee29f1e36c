import { KafkaLogProducer, type OutgoingRecord } from '@broadsheet/messaging';
import { recordBatch } from '@broadsheet/testing';
import { Test } from '@nestjs/testing';
import type { DynamicModule } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ParseArticleConsumer } from './parse-article/parse-article.consumer.ts';
import { ParserModule } from './parser.module.ts';

const sent: OutgoingRecord[] = [];
const producer = {
  send: (records: readonly OutgoingRecord[]) => {
    sent.push(...records);
    return Promise.resolve([]);
  },
};

class FakeKafka {}

const fakeKafka: DynamicModule = {
  module: FakeKafka,
  global: true,
  providers: [{ provide: KafkaLogProducer, useValue: producer }],
  exports: [KafkaLogProducer],
};

describe('the module of the parser', () => {
  let consumer: ParseArticleConsumer;
  let close: () => Promise<void>;

  beforeEach(async () => {
    sent.length = 0;
    const module = await Test.createTestingModule({
      imports: [fakeKafka, ParserModule.forSettings({ PARSER_WORKERS: 1 })],
    }).compile();
    consumer = module.get(ParseArticleConsumer);
    close = () => module.close();
  });

  afterEach(() => close());

  it('leads records from the consumer to the producer', async () => {
    const value =
      'Ferry returns\n\nThe ferry came back on Monday.\n\nPeople had waited on the quay.';
    await expect(consumer.onRaw(recordBatch([{ value }]))).resolves.toEqual({ failures: [] });
    expect(sent.map(({ topic }) => topic)).toEqual(['articles.parsed', 'articles.trail']);
  });

  it('has large pages parsed by a worker', async () => {
    const paragraph = `<p>${'The ferry came back to the harbour on Monday. '.repeat(10)}</p>\n`;
    const value = `<!doctype html><title>Ferry returns</title><article>${paragraph.repeat(100)}</article>`;
    await expect(consumer.onRaw(recordBatch([{ value }]))).resolves.toEqual({ failures: [] });
    expect(sent.map(({ topic }) => topic)).toEqual(['articles.parsed', 'articles.trail']);
    expect(String(sent[0]?.value)).toContain('"title":"Ferry returns"');
  });
});
