import { createHmac, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { SiteServer } from '@broadsheet/testing';

/** What a subscriber gave to its hub. */
interface Subscriber {
  readonly callback: string;
  readonly topic: string;
  readonly secret: string;
}

/** A WebSub hub at `/hub` of a site (W3C WebSub §5, §7): it believes a subscriber that echoes its challenge. */
export class Hub {
  subscriber: Subscriber | null = null;
  /** Why the last request was not believed. */
  refusal: string | null = null;

  constructor(site: SiteServer) {
    site.on('/hub', (request, response) => {
      void text(request).then((body) => {
        response.writeHead(202).end();
        return this.verify(new URLSearchParams(body));
      });
    });
  }

  /** Pushes a document as it would be signed with a secret; resolves with the subscriber's status. */
  async push(body: string, secret: string): Promise<number> {
    if (this.subscriber === null) throw new Error('nobody has subscribed');
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const answer = await fetch(this.subscriber.callback, {
      method: 'POST',
      headers: { 'content-type': 'application/rss+xml', 'x-hub-signature': `sha256=${signature}` },
      body,
    });
    return answer.status;
  }

  private async verify(form: URLSearchParams): Promise<void> {
    const asked = {
      callback: form.get('hub.callback') ?? '',
      topic: form.get('hub.topic') ?? '',
      secret: form.get('hub.secret') ?? '',
    };
    const challenge = randomUUID();
    const question = new URL(asked.callback);
    question.searchParams.set('hub.mode', form.get('hub.mode') ?? '');
    question.searchParams.set('hub.topic', asked.topic);
    question.searchParams.set('hub.challenge', challenge);
    question.searchParams.set('hub.lease_seconds', '864000');
    const answer = await fetch(question);
    const echo = await answer.text();
    if (answer.ok && echo === challenge) this.subscriber = asked;
    else this.refusal = `${answer.status} ${echo}`;
  }
}
