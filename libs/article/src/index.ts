export { NAMESPACE, addressId, contentId, recordId, trailEventId } from './article-id.ts';
export { clampFetchedAt, compareVersions, type ArticleVersion } from './article-version.ts';
export {
  chooseArticleId,
  type ArticleAddress,
  type ArticleIdentity,
  type IdentityInput,
} from './choose-article-id.ts';
export { contentHash, fieldsHash } from './content-hash.ts';
export {
  decideChange,
  type ArrivingArticle,
  type ArticleChange,
  type ArticleTombstone,
  type StoredArticle,
} from './decide-change.ts';
export { diffWords, type DiffPart, type TextDiff } from './diff-words.ts';
export { registrableDomain } from './registrable-domain.ts';
export { isHomePage, urlKey } from './url-key.ts';
export { compareReady, type ComparedText } from './near-duplicates/compared-text.ts';
export {
  decideDuplicate,
  type ComparedArticle,
  type DuplicateVerdict,
} from './near-duplicates/decide-duplicate.ts';
export {
  estimateSimilarity,
  signText,
  type TextSignature,
} from './near-duplicates/text-signature.ts';
export { titleHash } from './near-duplicates/title-hash.ts';
export {
  decideStory,
  type StoryCandidate,
  type StoryDecision,
  type StorySeeker,
} from './stories/decide-story.ts';
export { storyTerms, type StoryTerms } from './stories/story-terms.ts';
