import type { FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import type { DueSubscription, HubMessage, SubscriptionRequest } from '@broadsheet/persistence';
import type { DocumentReader } from '../poll-sources/poll-source.port.ts';
import { type NewsCounter, type PageQueue, queuePages } from '../poll-sources/queue-pages.ts';
import { isOutage } from '../work-turns/is-outage.ts';
import type { Surroundings } from '../work-turns/surroundings.ts';
import { decideLease, decideRequest } from './hub-lease.ts';

/** Where subscriptions are kept. */
interface SubscriptionStore {
  due(now: Date, limit: number): Promise<readonly DueSubscription[]>;
  request(request: SubscriptionRequest, now: Date): Promise<boolean>;
  confirm(sourceId: string, leaseUntil: Date, renewAt: Date): Promise<void>;
  deny(sourceId: string, renewAt: Date): Promise<void>;
  takeMessage(work: (message: HubMessage) => Promise<void>): Promise<boolean>;
  addressOf(sourceId: string): Promise<string | null>;
}

interface HubFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

export interface HubEdges {
  readonly fetcher: HubFetcher;
  readonly store: SubscriptionStore;
  readonly reader: DocumentReader;
  readonly queue: PageQueue & NewsCounter;
}

export interface HubSettings extends Surroundings {
  /** Address of the gateway as hubs reach it. */
  readonly callbackUrl: string;
  /** Unguessable, for tokens and secrets. */
  readonly newSecret: () => string;
  readonly onDropped: (error: unknown) => void;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const REQUESTS_AT_ONCE = 20;
/** Ten days; a hub may give less. */
const WANTED_LEASE_SECONDS = 864_000;

/** Use case: sources that name a hub are subscribed to there (W3C WebSub), and what hubs say is dealt with. */
export class SubscribeHubsHandler {
  constructor(
    private readonly edges: HubEdges,
    private readonly settings: HubSettings,
  ) {}

  /** Requests what is due, one after the other: hubs serve many sources and are not to be rushed. */
  async subscribe(signal: AbortSignal): Promise<void> {
    const now = new Date(this.settings.nowMs());
    for (const due of await this.edges.store.due(now, REQUESTS_AT_ONCE)) {
      if (signal.aborted) return;
      await this.request(due, signal);
    }
  }

  /** False where nothing was waiting. */
  takeMessage(): Promise<boolean> {
    return this.edges.store.takeMessage(async (message) => {
      try {
        await this.hear(message);
      } catch (error) {
        if (isOutage(error)) throw error;
        // The next poll finds what this message would have brought.
        this.settings.onDropped(error);
      }
    });
  }

  private async request(due: DueSubscription, signal: AbortSignal): Promise<void> {
    const { nowMs, newSecret, callbackUrl, timeoutMs } = this.settings;
    const token = due.token ?? newSecret();
    const secret = due.secret ?? newSecret();
    const { failures, renewAtMs } = decideRequest(due.failures, nowMs());
    const request = { ...due, token, secret, failures, renewAt: new Date(renewAtMs) };
    // First the row: the hub may call back before it answers.
    if (!(await this.edges.store.request(request, new Date(nowMs())))) return;
    await this.edges.fetcher.fetch({
      url: due.hub,
      accept: '*/*',
      maxBodyBytes: MAX_ANSWER_BYTES,
      deadlineMs: timeoutMs,
      signal,
      form: {
        'hub.callback': new URL(`/websub/${token}`, callbackUrl).href,
        'hub.mode': 'subscribe',
        'hub.topic': due.topic,
        'hub.secret': secret,
        'hub.lease_seconds': String(WANTED_LEASE_SECONDS),
      },
    });
    // Whatever it answered: only its call to the callback counts, and until then the request is repeated.
  }

  private async hear(message: HubMessage): Promise<void> {
    const { sourceId, receivedAt } = message;
    const lease = decideLease(message, receivedAt.getTime());
    switch (lease.kind) {
      case 'given':
        return this.edges.store.confirm(
          sourceId,
          new Date(lease.untilMs),
          new Date(lease.renewAtMs),
        );
      case 'denied':
        return this.edges.store.deny(sourceId, new Date(lease.renewAtMs));
      case 'unchanged':
        return message.kind === 'content' ? this.read(message) : undefined;
    }
  }

  private async read(message: Extract<HubMessage, { kind: 'content' }>): Promise<void> {
    const { sourceId, body, contentType, receivedAt } = message;
    const url = await this.edges.store.addressOf(sourceId);
    if (url === null) return;
    const document = await this.edges.reader.read({ sourceId, body, url, contentType });
    // Anything else is left to the next poll.
    if (document.kind !== 'feed') return;
    const addresses = [url, document.siteUrl];
    const source = { kind: 'feed' as const, isFirstReading: false, addresses };
    const { admitted } = await queuePages(this.edges.queue, document.pages, source, receivedAt);
    if (admitted > 0) await this.edges.queue.noteNews(sourceId, admitted, receivedAt);
  }
}
