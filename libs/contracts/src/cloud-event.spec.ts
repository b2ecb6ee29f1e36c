import { describe, expect, it } from 'vitest';
import { EVENT_TYPE, toCloudEventHeaders } from './cloud-event.ts';

const context = {
  id: '5d0f8a6e',
  source: '/broadsheet/parser',
  type: EVENT_TYPE.parsed,
  contentType: 'application/json',
};

describe('the headers of an event', () => {
  it('are those of the Kafka binding, without what is not known', () => {
    expect(
      toCloudEventHeaders({ ...context, subject: null, time: '2026-11-24T09:00:00Z' }),
    ).toEqual({
      ce_specversion: '1.0',
      ce_id: '5d0f8a6e',
      ce_source: '/broadsheet/parser',
      ce_type: 'broadsheet.article.parsed.v1',
      ce_time: '2026-11-24T09:00:00Z',
      'content-type': 'application/json',
    });
  });

  it('carry the trace of the work that caused it', () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    expect(toCloudEventHeaders({ ...context, traceparent })).toMatchObject({ traceparent });
  });

  it('leave out the largest hint where all of them do not fit, and keep the others', () => {
    const headers = toCloudEventHeaders({
      ...context,
      hints: { title: 'Summit', summary: 's'.repeat(20_000), language: 'en' },
    });
    expect(JSON.parse(headers['ce_hints']!)).toEqual({ title: 'Summit', language: 'en' });
  });
});
