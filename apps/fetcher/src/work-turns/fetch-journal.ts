import type {
  FetchQueueRepository,
  FoundPage,
  FoundSitemap,
  HostLease,
  OnwardRecord,
  PageRecord,
  PollRecord,
} from '@broadsheet/persistence';
import { rhythmAfterPush } from './news-rhythm.ts';

type Queue = Pick<
  FetchQueueRepository,
  | 'noteNews'
  | 'knownPages'
  | 'addPages'
  | 'addSitemaps'
  | 'endTurn'
  | 'endPoll'
  | 'endPage'
  | 'sendOn'
>;

/** `work` and `outcome` are of few values: they become labels of a metric. */
export type CountEnd = (end: { readonly work: string; readonly outcome: string }) => void;

function pollOutcome({ result }: PollRecord): string {
  if (result.kind === 'failed') return result.code;
  return result.newItems > 0 ? 'news' : 'no-news';
}

/** The queue as the use cases see it: the ends that are recorded in it are counted. */
export class FetchJournal {
  constructor(
    private readonly queue: Queue,
    private readonly count: CountEnd,
  ) {}

  knownPages(addressIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.queue.knownPages(addressIds);
  }

  addPages(pages: readonly FoundPage[], now: Date): Promise<number> {
    return this.queue.addPages(pages, now);
  }

  noteNews(sourceId: string, newItems: number, at: Date): Promise<void> {
    return this.queue.noteNews({ sourceId, newItems, at, rhythmAfter: rhythmAfterPush });
  }

  addSitemaps(sitemaps: readonly FoundSitemap[], now: Date, unreadSince: Date): Promise<number> {
    return this.queue.addSitemaps(sitemaps, now, unreadSince);
  }

  endTurn(lease: HostLease, freeAt: Date): Promise<void> {
    return this.queue.endTurn(lease, freeAt);
  }

  async endPoll(lease: HostLease, record: PollRecord, freeAt: Date): Promise<void> {
    await this.queue.endPoll(lease, record, freeAt);
    this.count({ work: 'poll', outcome: pollOutcome(record) });
  }

  async endPage(lease: HostLease, record: PageRecord, freeAt: Date): Promise<void> {
    await this.queue.endPage(lease, record, freeAt);
    this.count({ work: 'page', outcome: record.kind === 'done' ? 'done' : record.code });
  }

  async sendOn(lease: HostLease, onward: OnwardRecord, freeAt: Date): Promise<void> {
    await this.queue.sendOn(lease, onward, freeAt);
    this.count({ work: onward.work, outcome: 'sent-on' });
  }
}
