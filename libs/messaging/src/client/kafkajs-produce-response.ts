import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { replaceKafkajsModule } from './kafkajs-modules.ts';

/** A partition to which everything that a request held for it was written. */
export interface WrittenPartition {
  readonly topicName: string;
  readonly partition: number;
  /** Of the first record; decimal. */
  readonly baseOffset: string;
}

interface ProduceResponse {
  readonly topics: readonly {
    readonly topicName: string;
    readonly partitions: readonly Omit<WrittenPartition & { errorCode: number }, 'topicName'>[];
  }[];
}

const NO_ERROR = 0;
const RESPONSE = 'protocol/requests/produce/v3/response';

const require = createRequire(import.meta.url);
const original = require(`kafkajs/src/${RESPONSE}`) as {
  readonly decode: (data: Buffer) => Promise<ProduceResponse>;
  readonly parse: (data: ProduceResponse) => Promise<ProduceResponse>;
};
const writtenOfSend = new AsyncLocalStorage<WrittenPartition[]>();

/**
 * Runs a send and collects the partitions that took their part of it, of all brokers, also where the
 * send as a whole fails: its caller then repeats the others only.
 */
export function collectWritten<Result>(
  written: WrittenPartition[],
  send: () => Promise<Result>,
): Promise<Result> {
  return writtenOfSend.run(written, send);
}

// kafkajs 2.2.4 throws away the answer of a broker that refuses one partition of many, as one does
// that is led by nobody yet, and writes to all the others a second time.
replaceKafkajsModule(RESPONSE, 'protocol/requests/produce/v5/response', {
  decode: original.decode,
  parse: async (response: ProduceResponse): Promise<ProduceResponse> => {
    const written = writtenOfSend.getStore();
    for (const { topicName, partitions } of response.topics) {
      for (const { partition, errorCode, baseOffset } of partitions) {
        if (errorCode === NO_ERROR) written?.push({ topicName, partition, baseOffset });
      }
    }
    return original.parse(response);
  },
});
