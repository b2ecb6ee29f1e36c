import { compareVersions } from '@broadsheet/article';
import type { ArticleVersion } from '@broadsheet/contracts';
import type { ArticleArrival } from './article-arrival.ts';
import type { ArticleDraft } from './article-draft.ts';
import type { Merge, PlannedAlias, WritePlan } from './write-plan.ts';
import type { WriteState } from './write-state.ts';

interface Address {
  readonly addressId: string;
  readonly url: string;
}

/**
 * Which article each address leads to, while a batch is being decided. An arrival says that all its
 * addresses are one article; where some of them led to articles of their own, one of these stays and the
 * others become its duplicates.
 */
export class AddressBook {
  private readonly aliases: Map<string, string>;
  private readonly touched = new Map<string, string>();
  private readonly merged = new Map<string, { into: string; arrival: ArticleArrival }>();

  constructor(
    private readonly state: WriteState,
    private readonly drafts: ReadonlyMap<string, ArticleDraft>,
  ) {
    this.aliases = new Map(state.aliases);
  }

  /** Points every address of the arrival to one article and returns that article's id. */
  settle(arrival: ArticleArrival): string {
    const addresses = addressesOf(arrival);
    const own = this.resolve(arrival.article.id);
    const candidates = [...new Set([own, ...addresses.map((a) => this.resolve(a.addressId))])];
    const chosen = this.choose(own, candidates, arrival);
    for (const candidate of candidates) {
      if (candidate !== chosen && this.drafts.has(candidate)) {
        this.merged.set(candidate, { into: chosen, arrival });
      }
    }
    for (const address of addresses) this.point(address, chosen);
    return chosen;
  }

  planned(): Pick<WritePlan, 'newAliases' | 'movedAliases' | 'merges'> {
    const planned: PlannedAlias[] = [...this.touched].map(([addressId, url]) => ({
      addressId,
      articleId: this.resolve(addressId),
      url,
    }));
    planned.sort((a, b) => (a.addressId < b.addressId ? -1 : 1));
    const isStored = ({ addressId }: PlannedAlias) => this.state.aliases.has(addressId);
    return {
      newAliases: planned.filter((alias) => !isStored(alias)),
      movedAliases: planned.filter(isStored),
      merges: [...this.merged]
        .map(([articleId, { arrival }]) => ({
          articleId,
          duplicateOf: this.resolve(articleId),
          arrival,
        }))
        .sort((a: Merge, b: Merge) => (a.articleId < b.articleId ? -1 : 1)),
    };
  }

  /** Follows an id to the article that stands for it now. */
  private resolve(id: string): string {
    let current = this.aliases.get(id) ?? id;
    const seen = new Set<string>();
    while (!seen.has(current)) {
      seen.add(current);
      const next =
        this.merged.get(current)?.into ?? this.state.articles.get(current)?.duplicateOf ?? null;
      if (next === null) break;
      current = next;
    }
    return current;
  }

  /**
   * The article that stays. What somebody deleted does not come back under another address; otherwise
   * the article with the newest version stays visible, and of equals the one the arrival names.
   */
  private choose(own: string, candidates: readonly string[], arrival: ArticleArrival): string {
    const buried = candidates.find((id) => this.isGrave(id));
    if (buried !== undefined && !this.drafts.has(own)) return buried;
    let chosen = own;
    let newest = newerOf(arrival.article.version, this.drafts.get(own)?.current.version);
    for (const id of candidates) {
      const version = this.drafts.get(id)?.current.version;
      if (version && compareVersions(version, newest) > 0) {
        chosen = id;
        newest = version;
      }
    }
    return chosen;
  }

  private isGrave(id: string): boolean {
    return this.state.tombstones.has(id) && !this.drafts.has(id);
  }

  private point({ addressId, url }: Address, articleId: string): void {
    const known = this.aliases.get(addressId);
    if (known === articleId) return;
    // Otherwise a page deleted for ever would come back once it was named by a living one.
    if (articleId !== addressId && this.isGrave(known ?? addressId)) return;
    this.aliases.set(addressId, articleId);
    this.touched.set(addressId, url);
  }
}

function newerOf(a: ArticleVersion, b: ArticleVersion | undefined): ArticleVersion {
  return b && compareVersions(b, a) > 0 ? b : a;
}

/** The id an arrival goes by is an address too, unless it was made from the content alone. */
function addressesOf({ article }: ArticleArrival): readonly Address[] {
  const { id, url, addresses } = article;
  if (url === null || addresses.some(({ addressId }) => addressId === id)) return addresses;
  return [...addresses, { addressId: id, url }];
}
