import type { MadeUpNews } from './made-up-news.ts';

/** Words with what stands behind each; paragraphs survive. */
function wordsOf(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

/** Replaces about this share of the words, in runs. */
export function editedInRuns(news: MadeUpNews, text: string, share: number): string {
  const words = wordsOf(text);
  const left = { words: Math.round(words.length * share) };
  const taken = new Set<number>();
  while (left.words > 0) {
    const run = Math.min(left.words, news.between(12, 45));
    const start = news.between(0, Math.max(0, words.length - run));
    for (let n = start; n < start + run && left.words > 0; n += 1) {
      if (taken.has(n)) continue;
      taken.add(n);
      left.words -= 1;
    }
  }
  return words.map((word, n) => (taken.has(n) ? `${news.word()} ` : word)).join('');
}

/** Replaces each word with this probability, as `other` says. */
export function editedHereAndThere(news: MadeUpNews, text: string, share: number): string {
  return wordsOf(text)
    .map((word) => (news.random() < share ? `${news.word()} ` : word))
    .join('');
}

/** Letters instead of words, in scripts without spaces. */
export function lettersEdited(
  news: MadeUpNews,
  text: string,
  given: { readonly script: 'han' | 'thai'; readonly share: number; readonly run: number },
): string {
  const letters = Array.from(text);
  const runs = Math.round((letters.length * given.share) / given.run);
  for (let n = 0; n < runs; n += 1) {
    const start = news.between(0, letters.length - given.run);
    for (let at = start; at < start + given.run; at += 1) letters[at] = news.letter(given.script);
  }
  return letters.join('');
}

/** What an agency's client makes of a text: own opening and closing lines, the end cut off. */
export function syndicated(news: MadeUpNews, text: string): string {
  const paragraphs = text.split('\n\n');
  const kept = paragraphs.slice(0, Math.ceil(paragraphs.length * (0.7 + news.random() * 0.3)));
  return [
    `By ${news.name()} ${news.name()}, ${news.name()} bureau`,
    ...kept,
    `Follow ${news.name()} for more. ${news.sentence(news.between(10, 40))}`,
  ].join('\n\n');
}

/** A sub-editor at work: sentences dropped, paragraphs moved, a paragraph added. */
export function subEdited(news: MadeUpNews, text: string): string {
  const paragraphs = text.split('\n\n').map((paragraph) => {
    const sentences = paragraph.split('. ');
    return sentences.filter((_, n) => n === 0 || news.random() > 0.1).join('. ');
  });
  const moved = news.between(0, paragraphs.length - 1);
  paragraphs.push(...paragraphs.splice(moved, 1));
  paragraphs.splice(news.between(1, paragraphs.length), 0, news.text(25));
  return paragraphs.join('\n\n');
}
