import { readOpml, writeOpml, type OpmlFeed } from '@broadsheet/feeds';
import type { NewSource, Source, SourcePosition } from '@broadsheet/persistence';
import { Problem } from '../http/problem.errors.ts';
import { toFeedAddress } from './source-input.ts';

/** What lists of subscriptions need of the store. */
export interface SubscriptionStore {
  add(source: NewSource): Promise<boolean>;
  list(limit: number, after: SourcePosition | null): Promise<readonly Source[]>;
}

export interface OpmlImport {
  readonly added: number;
  /** Followed already. */
  readonly existing: number;
  /** Addresses that cannot be followed. */
  readonly refused: readonly string[];
}

const PAGE = 500;
const MAX_NAME_LENGTH = 200;
const MAX_REFUSED_SHOWN = 100;

/** Use case: lists of subscriptions come in and go out as OPML, with their folders. */
export class SourceOpmlHandler {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly now: () => Date,
    private readonly newId: () => string,
  ) {}

  async write(): Promise<string> {
    const feeds: OpmlFeed[] = [];
    let after: SourcePosition | null = null;
    do {
      const page: readonly Source[] = await this.store.list(PAGE, after);
      feeds.push(...page.map(({ url, name, folder }) => ({ url, title: name, folder })));
      after = page.length === PAGE ? (page.at(-1) ?? null) : null;
    } while (after !== null);
    return writeOpml('Broadsheet', feeds);
  }

  /** @throws {Problem} OPML_INVALID */
  async read(bytes: Uint8Array): Promise<OpmlImport> {
    const reading = readOpml(bytes);
    if (reading.kind === 'not-opml') {
      throw new Problem(422, 'OPML_INVALID', 'the body is no OPML document');
    }
    const refused: string[] = [];
    let added = 0;
    for (const feed of reading.feeds) {
      const url = toFeedAddress(feed.url);
      if (url === null) refused.push(feed.url.slice(0, MAX_NAME_LENGTH));
      else if (await this.add(url, feed)) added += 1;
    }
    const existing = reading.feeds.length - refused.length - added;
    return { added, existing, refused: refused.slice(0, MAX_REFUSED_SHOWN) };
  }

  private add(url: string, { title, folder }: OpmlFeed): Promise<boolean> {
    const name = title?.slice(0, MAX_NAME_LENGTH) ?? null;
    return this.store.add({ id: this.newId(), url, name, folder, createdAt: this.now() });
  }
}
