import { waitFor } from '../wait-for.ts';

/** An article as the gateway gives it; tests look at the fields they are about. */
export interface ServedArticle {
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly dateline: string | null;
  readonly publishedAt: string | null;
  readonly publishedAtPrecision: string | null;
  readonly language: string | null;
  readonly text: string;
  readonly revision: number;
  readonly duplicateOf: string | null;
  readonly storyId: string | null;
}

/** To be compared: articles are gathered into stories at some time after they were stored. */
export function withoutStory({
  storyId: _story,
  ...article
}: ServedArticle): Omit<ServedArticle, 'storyId'> {
  return article;
}

export interface ServedTrailStep {
  readonly step: string;
  readonly code: string | null;
  readonly record: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Asks a running gateway as any program would. */
export class GatewayClient {
  constructor(private readonly baseUrl: string) {}

  async getJson<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.baseUrl}${path}`);
    const body = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path} gave ${answer.status}: ${body.slice(0, 500)}`);
    return JSON.parse(body) as T;
  }

  async search(parameters: Readonly<Record<string, string>>): Promise<readonly ServedArticle[]> {
    const query = queryOf(parameters);
    const page = await this.getJson<{ items: ServedArticle[] }>(`/api/v1/articles?${query}`);
    return page.items;
  }

  /** Waits until the search finds something, and gives the first article. */
  async findOne(
    parameters: Readonly<Record<string, string>>,
    timeoutMs = 30_000,
  ): Promise<ServedArticle> {
    const what = `an article with ${JSON.stringify(parameters)}`;
    return waitFor(async () => (await this.search(parameters))[0], { timeoutMs, what });
  }

  /** How many articles a search matches, counted to the last one. */
  async count(parameters: Readonly<Record<string, string>>): Promise<number> {
    const query = queryOf({ ...parameters, count: 'exact', limit: '1', fields: 'id' });
    const page = await this.getJson<{ count: { value: number } }>(`/api/v1/articles?${query}`);
    return page.count.value;
  }

  async trailOfRecord(record: string): Promise<readonly ServedTrailStep[]> {
    const query = queryOf({ record });
    return (await this.getJson<{ items: ServedTrailStep[] }>(`/api/v1/trail?${query}`)).items;
  }

  async trailOfUrl(url: string): Promise<readonly ServedTrailStep[]> {
    const query = queryOf({ url });
    return (await this.getJson<{ items: ServedTrailStep[] }>(`/api/v1/trail?${query}`)).items;
  }

  async push(body: string | Uint8Array, contentType: string, url?: string): Promise<Response> {
    const query = url === undefined ? '' : `?${queryOf({ url })}`;
    return fetch(`${this.baseUrl}/api/v1/articles${query}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  }
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}
