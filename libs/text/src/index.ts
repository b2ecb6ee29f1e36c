export { decodeBytes, type DecodedText, type DecodeOptions } from './decode-bytes.ts';
export { detectLanguage } from './detect-language.ts';
export { parseDate, type ParsedDate } from './parse-date.ts';
export { toStorableText } from './storable-text.ts';
export { countWords, segmentForSearch } from './words.ts';
export { functionWordsOf } from './function-words.ts';
