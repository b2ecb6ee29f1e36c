import type { Block } from './emission/block.ts';
import type { DropRule, LeftOut } from './emission/left-out.ts';
import type { PruningRule, Strength } from './emission/pruning.ts';
import type { PageFields } from './extracted-article.ts';
import type { SeeCandidate } from './page/choose-container.ts';
import { textOf, type PageNode } from './page/page-tree.ts';

const MAX_RIVALS = 5;
const MAX_NOTES = 100;
const EXCERPT_LENGTH = 80;
const LONGEST_NAMES = 60;
const PATH_STEPS = 6;

/** An element that could hold the article. */
interface ContainerCandidate {
  /** The last elements on the way to it: `main > article.story > div.text`. */
  readonly path: string;
  readonly score: number;
  /** Characters of its text, and of its paragraphs with few links. */
  readonly length: number;
  readonly goodLength: number;
}

/** What the article is made without. */
interface LeftOutNote {
  readonly rule: PruningRule | DropRule;
  /** The element, for what was pruned; null for a single line. */
  readonly element: string | null;
  readonly length: number;
  readonly excerpt: string;
}

/** How the body of a page was found. */
export interface BodyReport {
  readonly container: ContainerCandidate;
  /** The best of the others, best first; at most 5. */
  readonly rivals: readonly ContainerCandidate[];
  readonly strength: Strength;
  /** In order; at most 100, each excerpt of at most 80 characters. */
  readonly leftOut: readonly LeftOutNote[];
  readonly leftOutCount: number;
}

interface Scored {
  readonly node: PageNode;
  readonly score: number;
}

/** Notes in bounded size what is left out of one attempt at a body. */
export class LeftOutNotes implements LeftOut {
  readonly notes: LeftOutNote[] = [];
  count = 0;

  pruned(node: PageNode, rule: PruningRule): void {
    if (node.textLength > 0)
      this.#note(rule, describe(node), node.textLength, textOf(node, EXCERPT_LENGTH));
  }

  dropped({ text }: Block, rule: DropRule): void {
    this.#note(rule, null, text.length, text.slice(0, EXCERPT_LENGTH));
  }

  /** What the body that the page declares does not confirm. */
  unconfirmed(ours: readonly Block[], confirmed: readonly Block[]): void {
    if (ours === confirmed) return;
    const kept = new Set(confirmed);
    for (const block of ours) if (!kept.has(block)) this.dropped(block, 'declared-body');
  }

  #note(rule: LeftOutNote['rule'], element: string | null, length: number, excerpt: string): void {
    this.count++;
    if (this.notes.length < MAX_NOTES) this.notes.push({ rule, element, length, excerpt });
  }
}

/** Notes how the body of one page is found, and what a page that is refused says of itself. */
export class BodyRecorder {
  #candidates: Scored[] = [];
  #report: BodyReport | null = null;
  #refused: PageFields | null = null;

  /** Null where the page was refused before its body was looked for. */
  get report(): BodyReport | null {
    return this.#report;
  }

  /** Null where the page is an article, or was refused unread. */
  get refused(): PageFields | null {
    return this.#refused;
  }

  readonly candidate: SeeCandidate = (node, score) => {
    const others = this.#candidates.filter((candidate) => candidate.node !== node);
    this.#candidates = [...others, { node, score }]
      .toSorted((a, b) => b.score - a.score)
      .slice(0, MAX_RIVALS + 1);
  };

  startNotes(): LeftOutNotes {
    return new LeftOutNotes();
  }

  refuse(fields: PageFields): void {
    this.#refused = fields;
  }

  choose(container: PageNode, strength: Strength, notes: LeftOutNotes | null): void {
    const chosen = this.#candidates.find(({ node }) => node === container);
    const rivals = this.#candidates.filter(({ node }) => node !== container);
    this.#report = {
      container: asCandidate(chosen ?? { node: container, score: 0 }),
      rivals: rivals.slice(0, MAX_RIVALS).map(asCandidate),
      strength,
      leftOut: notes?.notes ?? [],
      leftOutCount: notes?.count ?? 0,
    };
  }
}

function asCandidate({ node, score }: Scored): ContainerCandidate {
  const { textLength, goodLength } = node;
  return { path: pathOf(node), score: Math.round(score), length: textLength, goodLength };
}

function pathOf(node: PageNode): string {
  const steps: string[] = [];
  for (let at = node; at.parent !== null && steps.length < PATH_STEPS; at = at.parent)
    steps.unshift(describe(at));
  return steps.length === 0 ? 'page' : steps.join(' > ');
}

function describe({ tag, names }: PageNode): string {
  const classes = names.trim().slice(0, LONGEST_NAMES).replace(/\s+/gu, '.');
  return classes === '' ? tag : `${tag}.${classes}`;
}
