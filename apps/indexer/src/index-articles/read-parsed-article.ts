import { ParsedArticle, readEvent } from '@broadsheet/contracts';
import type { ConsumedRecord, RecordFailure } from '@broadsheet/messaging';
import type { ArticleArrival } from '@broadsheet/persistence';
import { segmentForSearch } from '@broadsheet/text';
import { EventNotUnderstood } from '../event-not-understood.errors.ts';

export type ParsedReading =
  | { readonly kind: 'arrival'; readonly arrival: ArticleArrival }
  | { readonly kind: 'failed'; readonly failure: RecordFailure };

export function readParsedArticle(record: ConsumedRecord): ParsedReading {
  const reading = readEvent(ParsedArticle, record.value);
  if (reading.kind === 'event') return { kind: 'arrival', arrival: arrivalOf(reading.event) };
  const error = new EventNotUnderstood(reading.code, reading.detail);
  return { kind: 'failed', failure: { record, code: reading.code, error } };
}

function arrivalOf(article: ParsedArticle): ArticleArrival {
  const segment = (text: string) => segmentForSearch(text, article.language);
  return {
    article,
    search: {
      title: segment(article.title),
      description: segment(article.description ?? ''),
      body: segment(article.text),
    },
  };
}
