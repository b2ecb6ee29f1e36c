// `npm run check:patterns`: no regular expression of the sources may take quadratic time on hostile input.
// A pattern that could is allowed only on inputs of a length that is named here; what the analysis cannot
// decide in time is counted. Patterns that are put together at run time are not seen.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

// The analysis in JavaScript: the native one is not there for every platform.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LIMITS = { timeout: 1_000, attackTimeout: 400, incubationTimeout: 400 };
/** A check over nothing is green as well. */
const MIN_PATTERNS = 150;

/** Patterns by file, and what bounds their inputs. */
const BOUNDED = {
  'libs/article/src/url-key.ts': 'addresses of 2,000 characters',
  'libs/extraction/src/metadata/authors/clean-names.ts': 'bylines of 1,000 characters',
  'libs/extraction/src/metadata/dates/date-labels.ts': 'the 60 characters before a date',
  'libs/extraction/src/metadata/page-titles.ts': 'titles, in which no two blanks follow each other',
  'libs/extraction/src/not-an-article/wordings.ts': 'titles of 300 characters',
  'libs/extraction/src/plain-text/author-line.ts': 'bylines of 500 characters',
  'libs/extraction/src/plain-text/dateline.ts': 'datelines of 120 characters',
  'libs/extraction/src/plain-text/mail-header.ts': 'single lines, whose rest always matches',
  'libs/extraction/src/plain-text/read-head.ts': 'lines of 120 characters',
  'libs/persistence/src/search/loosen-query.ts': 'what Postgres writes, with quotes in pairs',
  'libs/text/src/asian-dates.ts': 'dates of 120 characters',
};

const counts = { safe: 0, unknown: 0, bounded: 0, vulnerable: 0 };
const unusedBounds = new Set(Object.keys(BOUNDED));
for (const file of sources()) for (const pattern of patternsIn(file)) judge(file, pattern);
report();

function sources() {
  const found = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT });
  return found.filter((file) => !/\.(?:spec|d)\.ts$/.test(file)).toSorted();
}

function patternsIn(file) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const patterns = [];
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, body, flags] = /^\/(.*)\/([a-z]*)$/s.exec(node.text);
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      patterns.push({ body, flags, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return patterns;
}

function judge(file, { body, flags, line }) {
  const { status, complexity, attack } = checkSync(body, flags, LIMITS);
  if (status !== 'vulnerable') counts[status] += 1;
  else if (file in BOUNDED) {
    counts.bounded += 1;
    unusedBounds.delete(file);
  } else {
    counts.vulnerable += 1;
    console.error(
      `${file}:${line}: ${complexity.summary}: /${body}/${flags}, by ${attack.pattern}`,
    );
  }
}

function report() {
  const { safe, unknown, bounded, vulnerable } = counts;
  console.log(
    `patterns: ${safe} are safe, ${bounded} have bounded inputs, ${unknown} undecided, ${vulnerable} vulnerable`,
  );
  for (const file of unusedBounds) console.error(`patterns: ${file} needs its exception no more`);
  const isSeen = safe + unknown + bounded >= MIN_PATTERNS;
  if (!isSeen)
    console.error(`patterns: fewer than ${MIN_PATTERNS}: the check does not see the sources`);
  if (vulnerable > 0 || unusedBounds.size > 0 || !isSeen) process.exitCode = 1;
}
