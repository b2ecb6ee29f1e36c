import type { Story, StoryArticle, StoryPage } from '@broadsheet/persistence';

/** A store of stories that answers what it is given and remembers what it was asked. */
export class FakeStories {
  page: StoryPage<Story> = { items: [], next: null };
  articlePage: StoryPage<StoryArticle> = { items: [], next: null };
  readonly asked: unknown[][] = [];

  async list(...asked: unknown[]): Promise<StoryPage<Story>> {
    await Promise.resolve();
    this.asked.push(asked);
    return this.page;
  }
  async findById(id: string): Promise<Story | null> {
    await Promise.resolve();
    return this.page.items.find((story) => story.id === id) ?? null;
  }
  async articles(...asked: unknown[]): Promise<StoryPage<StoryArticle>> {
    await Promise.resolve();
    this.asked.push(asked);
    return this.articlePage;
  }
}
