// Measures language detection on sentences of known language that took no part in making it:
//   node --conditions=@broadsheet/source tools/score-languages.mjs FOLDER
// FOLDER holds the crates lingua-LANGUAGE-language-model, as `cargo vendor` lays them down: each brings a
// thousand sentences of news (the Malay ones are Indonesian and left out). Beside our detector it asks those of eld, tinyld and franc that are installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LANGUAGES = Object.entries({
  arabic: 'ar',
  belarusian: 'be',
  bokmal: 'no',
  bulgarian: 'bg',
  catalan: 'ca',
  chinese: 'zh',
  croatian: 'hr',
  czech: 'cs',
  danish: 'da',
  dutch: 'nl',
  english: 'en',
  estonian: 'et',
  finnish: 'fi',
  french: 'fr',
  german: 'de',
  greek: 'el',
  hebrew: 'he',
  hindi: 'hi',
  hungarian: 'hu',
  indonesian: 'id',
  italian: 'it',
  japanese: 'ja',
  korean: 'ko',
  latvian: 'lv',
  lithuanian: 'lt',
  macedonian: 'mk',
  persian: 'fa',
  polish: 'pl',
  portuguese: 'pt',
  romanian: 'ro',
  russian: 'ru',
  serbian: 'sr',
  slovak: 'sk',
  slovene: 'sl',
  spanish: 'es',
  swedish: 'sv',
  thai: 'th',
  turkish: 'tr',
  ukrainian: 'uk',
  urdu: 'ur',
  vietnamese: 'vi',
});
const ARTICLE_CHARACTERS = 200;
const WIDE_CELL = 28;
const NARROW_CELL = 7;

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error('Usage: node --conditions=@broadsheet/source tools/score-languages.mjs FOLDER');
  process.exit(2);
}
const detectors = await loadDetectors();
const sentences = LANGUAGES.flatMap(([name, language]) => {
  const file = join(folder, `lingua-${name}-language-model`, 'testdata', 'sentences.txt');
  if (!existsSync(file)) return [];
  return [
    {
      language,
      lines: readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    },
  ];
});
for (const [title, textsOf] of [
  [`texts of ${ARTICLE_CHARACTERS} characters and more`, longTexts],
  ['single sentences', (lines) => lines],
])
  printTable(title, textsOf);

async function loadDetectors() {
  const { detectLanguage } = await import('../libs/text/src/index.ts');
  const found = [['ours', detectLanguage]];
  const optional = [
    [
      'eld',
      'eld/large',
      ({ eld }) =>
        (text) =>
          eld.detect(text).language,
    ],
    ['tinyld', 'tinyld', ({ detect }) => detect],
    [
      'franc',
      'franc',
      ({ franc }) =>
        (text) =>
          shortCode(franc(text)),
    ],
  ];
  for (const [name, module, bind] of optional) {
    try {
      found.push([name, bind(await import(module))]);
    } catch {
      console.log('not installed:', name);
    }
  }
  return found;
}

function shortCode(code) {
  const locale = {
    cmn: 'zh',
    arb: 'ar',
    nob: 'no',
    nno: 'no',
    hbs: 'sr',
    zlm: 'ms',
    pes: 'fa',
    ekk: 'et',
    lvs: 'lv',
  }[code];
  return locale ?? (code === 'und' ? '' : new Intl.Locale(code).language);
}

function longTexts(lines) {
  const texts = [];
  let text = '';
  for (const line of lines) {
    text = text === '' ? line : `${text} ${line}`;
    if (text.length < ARTICLE_CHARACTERS) continue;
    texts.push(text);
    text = '';
  }
  return texts;
}

/** Norwegian is one language here, whichever way it is written. */
function same(code, language) {
  const folded = code === 'nb' || code === 'nn' ? 'no' : (code ?? '').split('-')[0];
  return folded === language;
}

function printTable(title, textsOf) {
  console.log(`\n${title}`);
  const totals = detectors.map(() => 0);
  const names = detectors.map(([name]) => String(name));
  let count = 0;
  for (const { language, lines } of sentences) {
    const texts = textsOf(lines);
    count += texts.length;
    const cells = detectors.map(([, detect], index) => {
      const wrong = new Map();
      for (const text of texts) {
        const code = detect(text);
        if (same(code, language)) continue;
        wrong.set(code || '-', (wrong.get(code || '-') ?? 0) + 1);
      }
      const missed = [...wrong.values()].reduce((sum, n) => sum + n, 0);
      totals[index] += texts.length - missed;
      const worst = [...wrong].sort(([, a], [, b]) => b - a).slice(0, index === 0 ? 3 : 0);
      return `${(1 - missed / texts.length).toFixed(3)}${worst.map(([code, n]) => ` ${code}:${n}`).join('')}`;
    });
    console.log(
      [
        language.padEnd(4),
        String(texts.length).padStart(5),
        ...cells.map((cell) => cell.padEnd(cell.includes(':') ? WIDE_CELL : NARROW_CELL)),
      ].join('  '),
    );
  }
  console.log(
    [
      'all ',
      String(count).padStart(5),
      ...totals.map((right, index) => `${names[index]} ${(right / count).toFixed(4)}`),
    ].join('  '),
  );
}
