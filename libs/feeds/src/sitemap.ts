/** What a news sitemap says of an article. */
export interface SitemapNews {
  readonly name: string | null;
  readonly language: string | null;
  /** ISO 8601 in UTC. */
  readonly publishedAt: string | null;
  readonly title: string | null;
  readonly keywords: readonly string[];
}

/** A page. The address is absolute. */
export interface SitemapPage {
  readonly url: string;
  /** ISO 8601 in UTC. */
  readonly modifiedAt: string | null;
  readonly news: SitemapNews | null;
  readonly imageUrl: string | null;
}

/** Another sitemap, named by an index. The address is absolute. */
export interface SitemapReference {
  readonly url: string;
  /** ISO 8601 in UTC. */
  readonly modifiedAt: string | null;
}

export type SitemapReading =
  | { readonly kind: 'pages'; readonly pages: readonly SitemapPage[] }
  | { readonly kind: 'index'; readonly sitemaps: readonly SitemapReference[] }
  | { readonly kind: 'not-a-sitemap'; readonly detail: string };
