import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const LIBRARY = join(import.meta.dirname, '../../../../shared/extraction/lib');
const METRICS = ['shingle', 'word'] as const;

type Metric = (typeof METRICS)[number];
type Score = Readonly<Record<'f1', number>>;

interface PageSet {
  readonly truth: Readonly<Record<string, { readonly articleBody?: string }>>;
  pages(): Iterable<{ id: string; url?: string; html: string }>;
}

/** What is called here of the scorer that comes with the labelled pages. */
interface Scorer {
  readonly loadSet: (name: string) => PageSet;
  readonly scoreText: (truth: string, text: string, metric: Metric) => Score;
  readonly aggregate: (scores: readonly Score[], metric: Metric) => Score;
}

export interface LabelledPages {
  readonly pages: readonly { readonly url: string | null; readonly html: string }[];
  /** F1 of the texts of these pages, in their order: of 4-token shingles, and of words. */
  score(texts: readonly string[]): readonly number[];
}

/** The articles of the WCXB development set; null where ../shared is absent. */
export async function loadLabelledPages(): Promise<LabelledPages | null> {
  if (!existsSync(LIBRARY)) return null;
  const load = (file: string): Promise<Scorer> =>
    import(pathToFileURL(join(LIBRARY, file)).href) as Promise<Scorer>;
  const { loadSet } = await load('sets.mjs');
  const { scoreText, aggregate } = await load('body.mjs');
  const set = loadSet('wcxb-dev');
  const pages = [...set.pages()];
  const bodies = pages.map(({ id }) => set.truth[id]?.articleBody ?? '');
  return {
    pages: pages.map(({ url, html }) => ({ url: url ?? null, html })),
    score: (texts) =>
      METRICS.map((metric) => {
        const scores = bodies.map((body, n) => scoreText(body, texts[n] ?? '', metric));
        return aggregate(scores, metric).f1;
      }),
  };
}
