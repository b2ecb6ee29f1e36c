import { trailEventId } from '@broadsheet/article';
import { EVENT_TYPE, TOPIC, toCloudEventHeaders, TrailEvent } from '@broadsheet/contracts';
import type { OutgoingRecord, RecordPlacement } from '@broadsheet/messaging';

/** What was accepted, and where it landed. */
export interface AcceptedPush {
  readonly id: string;
  readonly url: string | null;
  readonly placement: RecordPlacement;
  readonly at: Date;
}

/** The trail step of an accepted push, as a record of articles.trail. */
export function acceptedTrailRecord(push: AcceptedPush): OutgoingRecord {
  const { topic, partition, offset } = push.placement;
  const record = `${topic}/${partition}/${offset}`;
  const event: TrailEvent = {
    id: trailEventId('accepted', record),
    subject: push.id,
    step: 'accepted',
    service: 'gateway',
    at: push.at.toISOString(),
    url: push.url,
    record,
    articleId: null,
    code: null,
    detail: {},
  };
  return {
    topic: TOPIC.trail,
    key: push.id,
    value: JSON.stringify(event),
    headers: toCloudEventHeaders({
      id: event.id,
      source: '/broadsheet/gateway',
      type: EVENT_TYPE.trail,
      subject: push.id,
      time: event.at,
      contentType: 'application/json',
    }),
  };
}
