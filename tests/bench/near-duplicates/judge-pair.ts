import {
  type ComparedArticle,
  compareReady,
  contentHash,
  decideDuplicate,
  signText,
  titleHash,
} from '@broadsheet/article';

/** What the indexer would say of two articles that differ in their titles. */
export function judgePair(a: string, b: string) {
  const [first, second] = [signText(a), signText(b)];
  const bands = new Set(first?.bands);
  const isFound = second?.bands.some((band) => bands.has(band)) ?? false;
  const verdict = decideDuplicate(articleOf('One headline', a), articleOf('Another headline', b));
  return { isFound, similarity: verdict.similarity, isDuplicate: isFound && verdict.isDuplicate };
}

function articleOf(title: string, text: string): ComparedArticle {
  return {
    titleHash: titleHash(title),
    contentHash: contentHash({ title, text }),
    text: compareReady(text),
  };
}
