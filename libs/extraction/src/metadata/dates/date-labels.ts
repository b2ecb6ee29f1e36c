import labels from './date-labels.json' with { type: 'json' };

/** What the words in front of a date say about it. `foreign`: it is the date of something else. */
export type DateRole = 'published' | 'modified' | 'foreign';

const LONGEST_PREFIX = 60;
const MOST_JOINTS = 3;
const ROLES = ['published', 'modified', 'foreign'] as const;
const SCRIPT_WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Labels by their last character, the longest first. */
const LABELS = Map.groupBy(
  ROLES.flatMap((role) =>
    [...new Set(Object.values(labels[role]).flat())].map((word) => ({ role, word })),
  ).toSorted((a, b) => b.word.length - a.word.length),
  ({ word }) => word.charAt(word.length - 1),
);
/** Small words that may stand between a label and its date. */
const JOINTS: ReadonlySet<string> = new Set(labels.joints);

/** The role that the label before a date gives it; null where the words before it are no label. */
export function roleBefore(text: string): DateRole | null {
  let before = text.slice(-LONGEST_PREFIX).toLowerCase();
  for (let round = 0; round <= MOST_JOINTS; round++) {
    before = before.replace(/[^\p{L}\p{M}\p{N}]+$/u, '');
    const role = roleAtEnd(before);
    if (role !== null) return role;
    const word = /[\p{L}\p{M}]{1,8}$/u.exec(before)?.[0] ?? '';
    if (!JOINTS.has(word)) return null;
    before = before.slice(0, -word.length);
  }
  return null;
}

function roleAtEnd(before: string): DateRole | null {
  const label = LABELS.get(before.charAt(before.length - 1))?.find(
    ({ word }) => before.endsWith(word) && startsWord(before, before.length - word.length),
  );
  return label?.role ?? null;
}

function startsWord(text: string, at: number): boolean {
  if (at === 0 || SCRIPT_WITHOUT_BLANKS.test(text.charAt(at))) return true;
  return !/[\p{L}\p{M}]/u.test(text.charAt(at - 1));
}
