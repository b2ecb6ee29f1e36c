import type {
  Story,
  StoryArticle,
  StoryPage,
  StoryPosition,
  StorySort,
} from '@broadsheet/persistence';
import { Problem } from '../http/problem.errors.ts';
import { readCursor, type StoryOrder, writeCursor } from './story-cursor.ts';

/** What listing stories needs of the store. */
export interface StoryFinder {
  list(sort: StorySort, limit: number, after: StoryPosition | null): Promise<StoryPage<Story>>;
  findById(id: string): Promise<Story | null>;
  articles(
    id: string,
    limit: number,
    after: StoryPosition | null,
  ): Promise<StoryPage<StoryArticle>>;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export class ListStoriesHandler {
  constructor(private readonly stories: StoryFinder) {}

  /** @throws {Problem} CURSOR_INVALID */
  async list({
    sort,
    limit,
    cursor,
  }: PageQuery & { readonly sort: StorySort }): Promise<Page<Story>> {
    const page = await this.stories.list(sort, limit, positionOf(sort, cursor));
    return withCursor(sort, page);
  }

  /** A story and a page of its articles. @throws {Problem} CURSOR_INVALID, STORY_NOT_FOUND */
  async one(
    id: string,
    { limit, cursor }: PageQuery,
  ): Promise<Story & { readonly articles: Page<StoryArticle> }> {
    const after = positionOf('articles', cursor);
    const story = await this.stories.findById(id);
    if (story === null) throw new Problem(404, 'STORY_NOT_FOUND', 'there is no such story');
    const page = await this.stories.articles(story.id, limit, after);
    return { ...story, articles: withCursor('articles', page) };
  }
}

function positionOf(order: StoryOrder, cursor: string | undefined): StoryPosition | null {
  if (cursor === undefined) return null;
  const position = readCursor(order, cursor);
  if (position === null) {
    throw new Problem(400, 'CURSOR_INVALID', 'the cursor is not one of this list');
  }
  return position;
}

function withCursor<Item>(order: StoryOrder, { items, next }: StoryPage<Item>): Page<Item> {
  return { items, next: next === null ? null : writeCursor(order, next) };
}
