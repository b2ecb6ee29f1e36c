import { ParsedArticle, readRawArticle, type RawInput } from '@broadsheet/contracts';
import { BodyRecorder, normaliseArticle } from '@broadsheet/extraction';
import { z } from 'zod';
import { BodyExplanation, explainBody } from './body-explanation.ts';
import { RefusedFields, showRefused } from './refused-fields.ts';

/** What is asked about: a body as it would be pushed. */
export interface ExplainedBody {
  readonly body: Uint8Array;
  /** As the sender wrote it. */
  readonly contentType: string;
  /** The address given beside the body. */
  readonly url: string | null;
  /** No date later than a day after it is believed. */
  readonly now: Date;
}

/** What the parser makes of a body, and why. */
export const Explanation = z
  .strictObject({
    outcome: z.enum(['article', 'rejected']),
    code: z.string().nullable().meta({ description: 'why it is no article' }),
    detail: z.string().nullable(),
    form: z.string().nullable().meta({ description: 'which way of pushing it was taken for' }),
    mediaType: z.string().nullable().meta({ description: 'as declared, else as it looks' }),
    charset: z
      .strictObject({
        name: z.string(),
        from: z.enum(['bom', 'transport', 'declaration', 'utf-8', 'detected', 'default']),
      })
      .nullable()
      .meta({ description: 'null where the content came decoded' }),
    answeredId: z.uuid().nullable().meta({ description: 'the id that a push would answer' }),
    body: BodyExplanation.nullable().meta({
      description: 'how the text of a page was found; null for texts and unread pages',
    }),
    refused: RefusedFields.nullable().meta({
      description: 'what a page that was read and is no article says of itself',
    }),
    article: ParsedArticle.omit({ source: true, version: true, causedBy: true }).nullable().meta({
      description:
        'the article with all its addresses; provenance names the origin of each field and the values that lost',
    }),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof Explanation>;

/** Reads a body as the parser would, without effects. */
export function explainPage({ body, contentType, url, now }: ExplainedBody): Explanation {
  const named = { 'content-type': contentType, ...(url === null ? {} : { url }) };
  const headers = Object.entries(named).map(
    ([name, value]) => [name, [new TextEncoder().encode(value)]] as const,
  );
  const reading = readRawArticle({ key: null, value: body, headers: new Map(headers) });
  if (reading.kind === 'article') return explain(reading.input, now.toISOString());
  const { code, detail } = reading;
  const unread = { form: null, mediaType: null, charset: null, answeredId: null };
  return { outcome: 'rejected', code, detail, ...unread, body: null, refused: null, article: null };
}

function explain(input: RawInput, fetchedAt: string): Explanation {
  const recorder = new BodyRecorder();
  const { charset, answeredId, outcome } = normaliseArticle(input, fetchedAt, recorder);
  const { form, mediaType } = input;
  const read = {
    form,
    mediaType,
    charset: charset && { name: charset.charset, from: charset.from },
    answeredId,
    body: recorder.report === null ? null : explainBody(recorder.report),
    refused: recorder.refused === null ? null : showRefused(recorder.refused),
  };
  if (outcome.kind === 'article') {
    return { outcome: 'article', code: null, detail: null, ...read, article: outcome.article };
  }
  const { code, detail } = outcome;
  return { outcome: 'rejected', code, detail, ...read, article: null };
}
