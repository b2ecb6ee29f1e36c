import { createHash } from 'node:crypto';
import { addressId, contentId } from '@broadsheet/article';
import {
  EVENT_TYPE,
  type RawInput,
  readRawArticle,
  type RejectionCode,
  STRUCTURED_CLOUD_EVENT,
  TOPIC,
  toCloudEventHeaders,
} from '@broadsheet/contracts';
import type { OutgoingRecord } from '@broadsheet/messaging';
import { decodeBytes } from '@broadsheet/text';

/** An article as it was given to the gateway. */
export interface PushedBody {
  readonly body: Buffer;
  /** As the sender wrote it. */
  readonly contentType: string;
  /** The address given beside the body. */
  readonly url: string | null;
  readonly traceparent: string | null;
}

export type PreparedPush =
  | {
      readonly kind: 'ready';
      readonly record: OutgoingRecord;
      /** Address id, or content id where there is no address. */
      readonly id: string;
      readonly url: string | null;
    }
  | { readonly kind: 'refused'; readonly code: RejectionCode; readonly detail: string };

/**
 * The record for articles.raw, read back as the parser will read it: what it could not understand is
 * refused here, where the sender still listens.
 */
export function preparePush(push: PushedBody): PreparedPush {
  const headers = headersFor(push);
  const reading = readRawArticle({
    key: null,
    value: push.body,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [Buffer.from(value)]])),
  });
  if (reading.kind === 'rejected') {
    return { kind: 'refused', code: reading.code, detail: reading.detail };
  }
  const { url } = reading.input;
  const record = { topic: TOPIC.raw, key: url, value: push.body, headers };
  return { kind: 'ready', record, id: idOf(reading.input), url };
}

/** A structured event carries its own context; everything else gets one. */
function headersFor(push: PushedBody): Record<string, string> {
  const { contentType, url, traceparent } = push;
  if (/^\s*application\/cloudevents\+json\s*(;|$)/i.test(contentType)) {
    return {
      'content-type': STRUCTURED_CLOUD_EVENT,
      ...(url === null ? {} : { url }),
      ...(traceparent === null ? {} : { traceparent }),
    };
  }
  return toCloudEventHeaders({
    id: createHash('sha256')
      .update(url ?? '')
      .update('\n')
      .update(push.body)
      .digest('hex'),
    source: '/broadsheet/gateway',
    type: EVENT_TYPE.raw,
    subject: url,
    contentType,
    traceparent,
  });
}

function idOf(input: RawInput): string {
  const { url, body, charset, mediaType } = input;
  const ofAddress = url === null ? null : addressId(url);
  if (ofAddress !== null) return ofAddress;
  if (typeof body === 'string') return contentId(body);
  // As the parser decodes it, or the id would differ from the stored one.
  return contentId(
    decodeBytes(body, { charset, kind: mediaType === 'text/plain' ? 'text' : 'html' }).text,
  );
}
