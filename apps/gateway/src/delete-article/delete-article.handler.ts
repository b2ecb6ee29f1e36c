import type { DeletionOrders } from './delete-article.port.ts';
import { articleDeleted, articleNotFound } from './missing-article.ts';

const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Resolves after the time. */
export type Pause = (durationMs: number) => Promise<void>;

export class DeleteArticleHandler {
  constructor(
    private readonly orders: DeletionOrders,
    private readonly pause: Pause,
  ) {}

  /**
   * Orders the deletion and waits a little for it: true once the article is gone, false while the order
   * still waits to be carried out.
   * @throws {Problem} ARTICLE_NOT_FOUND, ARTICLE_DELETED
   */
  async handle(id: string): Promise<boolean> {
    const state = await this.orders.stateOf(id);
    if (state.kind === 'unknown') throw articleNotFound();
    if (state.kind === 'deleted') throw articleDeleted();
    await this.orders.order(state.articleId);
    for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += LOOK_EVERY_MS) {
      await this.pause(LOOK_EVERY_MS);
      if ((await this.orders.stateOf(state.articleId)).kind === 'deleted') return true;
    }
    return false;
  }
}
