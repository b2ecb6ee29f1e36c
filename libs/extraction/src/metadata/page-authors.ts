import type { PageTree } from '../page/page-tree.ts';
import { foldLine } from '../phrases/fold-line.ts';
import { afterBylineStart } from '../phrases/phrases.ts';
import { namesInArticle, namesInBoxes } from './authors/byline-elements.ts';
import { bylineInLines } from './authors/byline-lines.ts';
import { DESKS, endsAsRole, namesOf } from './authors/clean-names.ts';
import { fullestFirst } from './authors/fullest-names.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { isUntold, type Candidate } from './ladder.ts';

const AUTHOR_META = [
  'author',
  'article:author',
  'article:author_name',
  'og:article:author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'dc.contributor',
  'byl',
  'citation_author',
  'cxenseparse:author',
  'twitter:data1',
] as const;
const LIBRARY_META = /^(?:citation|dc|dcterms)[._]/;
const MOST_AUTHORS = 20;

interface AuthorSurroundings {
  /** Names of the site, as far as they are known. */
  readonly siteNames: readonly string[];
  readonly hinted: readonly string[] | undefined;
  /** From the lines above the text. */
  readonly visible: readonly string[];
  /** Short texts of the page, searched where nothing else names an author. */
  readonly lines: () => readonly string[];
}

type Names = readonly string[];
type IsOffice = (folded: string) => boolean;

export function readAuthors(
  page: PageTree,
  jsonLd: JsonLdArticle | null,
  { siteNames, hinted, visible, lines }: AuthorSurroundings,
): readonly Candidate<Names>[] {
  const offices = new Set([...siteNames, ...(jsonLd?.organisations ?? [])].map(compact));
  const isOffice: IsOffice = (folded) => offices.has(compact(folded)) || DESKS.has(folded);
  const elements = namesInArticle(page);
  const sources: readonly Candidate<Names>[] = [
    { from: 'json-ld', value: (jsonLd?.authors ?? []).flatMap(namesOf) },
    ...AUTHOR_META.map((name) => ({ from: 'meta' as const, value: metaNames(page, name) })),
    { from: 'microdata', value: elements.marked },
    { from: 'hints', value: hinted?.flatMap(namesOf) },
    { from: 'visible', value: elements.named },
    { from: 'visible', value: elements.linked },
    { from: 'visible', value: visible.flatMap(namesOf) },
  ];
  const persons = withoutOffices(sources, isOffice);
  if (!isUntold(persons)) return fullestFirst(persons).map(withoutJobs);
  const boxed = namesInBoxes(page);
  const others = withoutOffices(
    [
      { from: 'visible', value: bylineInLines(lines()).flatMap(namesOf) },
      { from: 'microdata', value: boxed.marked },
      { from: 'visible', value: boxed.named },
      { from: 'visible', value: boxed.linked },
    ],
    isOffice,
  );
  return isUntold(others) ? withoutOffices(sources, () => false) : others;
}

/** A name in front of a job is its holder's. */
function withoutJobs({ from, value }: Candidate<Names>): Candidate<Names> {
  return { from, value: value?.filter((name, index) => index === 0 || !endsAsRole(name)) };
}

function withoutOffices(
  sources: readonly Candidate<Names>[],
  isOffice: IsOffice,
): Candidate<Names>[] {
  return sources.map(({ from, value }) => {
    // `Jobs & Hire` is one office, not two authors.
    if (value && isOffice(foldLine(value.join(' ')))) return { from, value: null };
    const names = new Map<string, string>();
    for (const name of value ?? []) {
      const folded = foldLine(name);
      if (!isOffice(folded) && !names.has(folded)) names.set(folded, name);
    }
    return { from, value: names.size === 0 ? null : [...names.values()].slice(0, MOST_AUTHORS) };
  });
}

function compact(name: string): string {
  return foldLine(name).replaceAll(' ', '');
}

function metaNames(page: PageTree, name: string): Names {
  // Twitter's first label is the author on some sites, the reading time on others.
  const label = `${page.meta.get('twitter:label1')?.[0] ?? ''}: `;
  if (name === 'twitter:data1' && afterBylineStart(label) === null) return [];
  const values = page.meta.get(name) ?? [];
  // Libraries write `Lee, Ann`, one author each.
  return LIBRARY_META.test(name)
    ? values.flatMap((value) => namesOf(value.replace(/^([^,]{2,40}),\s*([^,]{1,40})$/u, '$2 $1')))
    : values.flatMap(namesOf);
}
