import type { PageNode } from '../page/page-tree.ts';
import type { Block } from './block.ts';
import type { PruningRule } from './pruning.ts';

/** Why a line of the container is not in the article. */
export type DropRule =
  | 'data'
  | 'declared-body'
  | 'empty-section'
  | 'fact'
  | 'furniture'
  | 'headline'
  | 'link-list'
  | 'link-only'
  | 'no-words'
  | 'paywall'
  | 'repeat'
  | 'tail'
  | 'title';

/** Is told what the article is made without. */
export interface LeftOut {
  pruned(node: PageNode, rule: PruningRule): void;
  dropped(block: Block, rule: DropRule): void;
}
