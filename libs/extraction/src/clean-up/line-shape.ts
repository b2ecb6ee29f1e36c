const CLOSER = /[\p{Pf}\p{Pe}"'’”»*]/u;
const END_LENGTH = 16;
const SENTENCE_MARK = /[.。．।۔።။]$|\.{3}$|…$/u;
const ABBREVIATION_END =
  /(?:^|[\s.(])(?:\p{L}\.|(?:inc|corp|co|ltd|jr|sr|st|no|vs|bros|llc|plc)\.)$/iu;
const EMPHATIC_MARK = /[!?！？؟]$/u;
const WIDE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const UNPUNCTUATED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const SENTENCE_BORDER = /[.!?][\p{Pf}\p{Pe}"'’”»]*\s+[\p{Lu}\p{Lo}"“„«¿¡(]|[。！？।۔]/u;

/** Whether the line closes like a sentence: with a full stop, within quotes or not. */
export function endsSentence(line: string): boolean {
  const bare = withoutClosers(line).slice(-END_LENGTH);
  return SENTENCE_MARK.test(bare) && !ABBREVIATION_END.test(bare);
}

export function endsEmphatically(line: string): boolean {
  return EMPHATIC_MARK.test(withoutClosers(line).slice(-1));
}

export function holdsSentenceBorder(line: string): boolean {
  return SENTENCE_BORDER.test(line.slice(0, -1));
}

/** The line without quotation marks and brackets at its end. */
export function withoutClosers(line: string): string {
  let end = line.length;
  while (end > 0 && CLOSER.test(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}

/** Characters, where an ideograph counts as three: it carries about as much as half a word. */
export function weightOf(line: string): number {
  return WIDE_SCRIPT.test(line) ? line.length * 3 : line.length;
}

/** Thai and its neighbours mark no sentence ends, so only length tells a headline. */
export function isUnpunctuatedScript(line: string): boolean {
  return UNPUNCTUATED.test(line);
}

/** Words by blanks; scripts without blanks count two characters for a word. */
export function roughWords(line: string): number {
  if (WIDE_SCRIPT.test(line) || UNPUNCTUATED.test(line)) return Math.ceil(line.length / 2);
  return line.split(/\s+/u).length;
}
