import type { HubMessage, KnownSubscription } from '@broadsheet/persistence';
import { Problem } from '../http/problem.errors.ts';
import { isSignedWith } from './verify-signature.ts';

/** What the callback of hubs needs of the store. */
export interface HubMessageStore {
  findByToken(token: string): Promise<KnownSubscription | null>;
  add(message: HubMessage): Promise<void>;
}

/** What a hub asks of its subscriber (W3C WebSub §5.2, §5.3). */
export interface HubQuestion {
  readonly mode: string;
  readonly topic: string | undefined;
  readonly challenge: string | undefined;
  readonly leaseSeconds: number;
}

export interface HubPush {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly signature: string | undefined;
}

/** Use case: hubs confirm subscriptions and push what is new; both become orders for the fetcher. */
export class ReceivePushHandler {
  constructor(
    private readonly store: HubMessageStore,
    private readonly now: () => Date,
  ) {}

  /**
   * Resolves with what the hub wants to hear.
   * @throws {Problem} SUBSCRIPTION_NOT_FOUND
   */
  async verify(token: string, question: HubQuestion): Promise<string> {
    const { mode, topic, challenge = '', leaseSeconds } = question;
    const known = await this.store.findByToken(token);
    if (known === null || topic !== known.topic) throw notFound(404);
    const message = { sourceId: known.sourceId, receivedAt: this.now() };
    if (mode === 'subscribe') await this.store.add({ ...message, kind: 'confirmed', leaseSeconds });
    else if (mode === 'denied') await this.store.add({ ...message, kind: 'denied' });
    // Nobody here asks to be unsubscribed: whoever says so is not believed.
    else throw notFound(404);
    return challenge;
  }

  /**
   * Content without the right signature is left out without a word (§7.1): whoever guesses learns nothing.
   * @throws {Problem} SUBSCRIPTION_NOT_FOUND, so that the hub forgets it
   */
  async receive(token: string, { body, contentType, signature }: HubPush): Promise<void> {
    const known = await this.store.findByToken(token);
    if (known === null) throw notFound(410);
    if (!isSignedWith(known.secret, body, signature)) return;
    const { sourceId } = known;
    await this.store.add({ sourceId, kind: 'content', contentType, body, receivedAt: this.now() });
  }
}

function notFound(status: 404 | 410): Problem {
  return new Problem(status, 'SUBSCRIPTION_NOT_FOUND', 'there is no such subscription');
}
