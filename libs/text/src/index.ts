export { parseDate, type ParsedDate } from './parse-date.ts';
export { toStorableText } from './storable-text.ts';
