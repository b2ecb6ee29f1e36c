import type { DeletionState } from '@broadsheet/persistence';

/** Tells what became of an id that leads to no article; it may be that of any address. */
export interface ArticleGraves {
  stateOf(id: string): Promise<DeletionState>;
}

/** Where deletions are ordered; somebody else carries them out. */
export interface DeletionOrders extends ArticleGraves {
  order(articleId: string): Promise<void>;
}
