/** Seeded pseudo-random numbers in [0, 1): mulberry32, so that every run writes the same corpus. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SYLLABLES =
  'ba con der el fi gra ho in jur ka lor min nor op pre qua res sta tor un ver wil'.split(' ');
const FUNCTION_WORDS = 'the of and to in a that is for on with as by at from it was are'.split(' ');

function makeVocabulary(size: number, random: () => number): string[] {
  const words = new Set<string>();
  while (words.size < size) {
    const syllables = 2 + Math.floor(random() * 3);
    let word = '';
    for (let n = 0; n < syllables; n += 1) {
      word += SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '';
    }
    words.add(word);
  }
  return [...words];
}

export interface CorpusArticle {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/**
 * Articles whose words follow Zipf's law over 30,000 made-up words, with English function words between
 * them, so that the text search index sees a realistic mixture of frequent and rare words.
 */
export function* corpus(seed: number, textBytes: number): Generator<CorpusArticle, never> {
  const random = randomFrom(seed);
  const vocabulary = makeVocabulary(30_000, random);
  const rank = () => Math.floor(vocabulary.length ** random()) - 1;
  const word = () =>
    random() < 0.4
      ? (FUNCTION_WORDS[Math.floor(random() * FUNCTION_WORDS.length)] ?? 'the')
      : (vocabulary[Math.max(0, rank())] ?? 'word');
  const sentence = (words: number) => {
    const said = Array.from({ length: words }, word).join(' ');
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  };
  for (let serial = 0; ; serial += 1) {
    const paragraphs: string[] = [];
    let bytes = 0;
    while (bytes < textBytes) {
      const paragraph = `${sentence(16)}. ${sentence(20)}. ${sentence(14)}.`;
      paragraphs.push(paragraph);
      bytes += paragraph.length + 2;
    }
    yield { title: `${sentence(9)} ${serial}`, paragraphs };
  }
}

export function asPlainText(article: CorpusArticle): string {
  return `Monday, July 15, 2024\n\n${article.title}\n\n${article.paragraphs.join('\n\n')}\n`;
}

const SCRIPT_LINE = 'window.metrics=window.metrics||[];metrics.push({slot:"top",size:[728,90]});\n';
const STYLE_LINE = '.teaser .headline{font:700 18px/1.3 serif;color:#222;margin:0 0 8px}\n';

/** A news page of `pageBytes`: over half script and style, navigation, teasers, and the article. */
export function asPage(article: CorpusArticle, url: string, pageBytes: number): string {
  const body = article.paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  const teasers = article.paragraphs
    .map((paragraph, n) => `<li><a href="/t/${n}">${paragraph.slice(0, 60)}</a></li>`)
    .join('');
  const frame = pageBytes - body.length - teasers.length * 6;
  const fill = (line: string, bytes: number) =>
    line.repeat(Math.max(1, Math.floor(bytes / line.length)));
  const divs =
    '<div class="slot"><span class="label">Advertisement</span><div id="ad"></div></div>\n';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${article.title} - The Example</title>
<link rel="canonical" href="${url}"><meta property="og:title" content="${article.title}">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"${article.title}","datePublished":"2024-07-15T10:00:00Z","author":{"@type":"Person","name":"Ada Example"}}</script>
<style>${fill(STYLE_LINE, frame * 0.2)}</style><script>${fill(SCRIPT_LINE, frame * 0.4)}</script></head>
<body><nav><ul>${teasers.repeat(3)}</ul></nav><main><article><h1>${article.title}</h1><p class="byline">By Ada Example</p>
${body}
</article></main><aside><ul>${teasers.repeat(3)}</ul></aside>${fill(divs, frame * 0.25)}<script>${fill(SCRIPT_LINE, frame * 0.15)}</script></body></html>`;
}
