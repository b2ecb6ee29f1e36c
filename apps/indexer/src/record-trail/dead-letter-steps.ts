import { addressId, recordId, trailEventId } from '@broadsheet/article';
import { CONSUMER_GROUP, type TrailEvent } from '@broadsheet/contracts';
import type { ConsumedRecord } from '@broadsheet/messaging';
import { lastHeader } from '../last-header.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const OFFSET = /^\d{1,19}$/;
const PARTITION = /^\d{1,9}$/;
const MAX_SHOWN_CHARACTERS = 1_000;

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/**
 * What a dead letter adds to the trails: under the id of the record it was, and under the id of its
 * address or, on our own topics, of its article.
 */
export function deadLetterSteps(letter: ConsumedRecord): TrailEvent[] {
  const place = originOf(letter);
  const { url, id } = subjectOf(letter);
  const subjects = [recordId(place.topic, place.partition, place.offset), id];
  const group = lastHeader(letter, 'dlq.group');
  const record = placeText(place);
  return subjects
    .filter((subject) => subject !== null)
    .map((subject) => ({
      id: trailEventId('dead-lettered', group ?? '', record, subject),
      subject,
      step: 'dead-lettered' as const,
      service: group === CONSUMER_GROUP.parser ? ('parser' as const) : ('indexer' as const),
      at: new Date(letter.timestampMs).toISOString(),
      url,
      record,
      articleId: null,
      code: lastHeader(letter, 'dlq.code') ?? 'HANDLER_FAILED',
      detail: {
        group,
        error: lastHeader(letter, 'dlq.error-class'),
        message: lastHeader(letter, 'dlq.error-message')?.slice(0, MAX_SHOWN_CHARACTERS) ?? null,
        attempts: lastHeader(letter, 'dlq.attempts'),
        lastOffset: lastHeader(letter, 'dlq.last-offset'),
        deadLetter: placeText({ ...letter, offset: String(letter.offset) }),
      },
    }));
}

/** Where the record lay before; a letter that does not say so, or not well, stands for itself. */
function originOf(letter: ConsumedRecord): Place {
  const topic = lastHeader(letter, 'dlq.topic');
  const partition = lastHeader(letter, 'dlq.partition') ?? '';
  const offset = lastHeader(letter, 'dlq.offset') ?? '';
  return topic !== null && PARTITION.test(partition) && OFFSET.test(offset)
    ? { topic, partition: Number(partition), offset }
    : { topic: letter.topic, partition: letter.partition, offset: String(letter.offset) };
}

/** Keys of our own topics are ids; of articles.raw a key may be the address. */
function subjectOf(letter: ConsumedRecord): { url: string | null; id: string | null } {
  const key = letter.key?.toString('utf8') ?? null;
  const candidates = [lastHeader(letter, 'ce_subject'), lastHeader(letter, 'url'), key];
  const url = candidates.find((text) => text !== null && addressId(text) !== null) ?? null;
  if (key !== null && UUID.test(key)) return { url, id: key };
  return { url, id: url === null ? null : addressId(url) };
}

function placeText({ topic, partition, offset }: Place): string {
  return `${topic}/${String(partition)}/${offset}`;
}
