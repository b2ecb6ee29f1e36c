import { createKafka, KafkaLogProducer } from '@broadsheet/messaging';

/** Sends one record as a producer that knows nothing of us: no key, no headers. */
export async function sendToKafka(broker: string, topic: string, value: string): Promise<void> {
  const log = (): void => undefined;
  const kafka = createKafka({ brokers: [broker], ssl: false, clientId: 'outside', log });
  const producer = new KafkaLogProducer({ kafka, log });
  try {
    await producer.send([{ topic, key: null, value, headers: {} }], { deadlineMs: 20_000 });
  } finally {
    await producer.close();
  }
}
