import {
  editedHereAndThere,
  editedInRuns,
  lettersEdited,
  subEdited,
  syndicated,
} from './edited-copies.ts';
import {
  followUps,
  marketReports,
  matchReports,
  noticesOfPeople,
  sameBoilerplate,
  standIns,
  twoReports,
  unrelated,
  weatherReports,
} from './look-alikes.ts';
import type { MadeUpNews } from './made-up-news.ts';

type Pair = readonly [string, string];

interface PairKind {
  readonly name: string;
  readonly isDuplicate: boolean;
  readonly make: (news: MadeUpNews) => Pair;
}

function copies(
  name: string,
  edit: (news: MadeUpNews, text: string) => string,
  original: (news: MadeUpNews) => string = (news) => news.text(news.between(70, 900)),
): PairKind {
  const make = (news: MadeUpNews): Pair => {
    const text = original(news);
    return [text, edit(news, text)];
  };
  return { name, isDuplicate: true, make };
}

function lookAlikes(name: string, make: (news: MadeUpNews) => Pair): PairKind {
  return { name, isDuplicate: false, make };
}

const unspaced = (script: 'han' | 'thai', share: number, run: number) =>
  copies(
    `${script === 'han' ? 'Chinese' : 'Thai'}: ${share * 100} % of the letters, ${run === 1 ? 'scattered' : `in runs of ${run}`}`,
    (news, text) => lettersEdited(news, text, { script, share, run }),
    (news) => news.unspacedText(script, news.between(400, 2_000)),
  );

export const PAIR_KINDS: readonly PairKind[] = [
  copies('15 % of the words, in runs', (news, text) => editedInRuns(news, text, 0.15)),
  copies('5 % of the words, scattered', (news, text) => editedHereAndThere(news, text, 0.05)),
  copies('15 % of the words, scattered', (news, text) => editedHereAndThere(news, text, 0.15)),
  copies('syndicated: frame added, up to 30 % cut', syndicated),
  copies('sub-edited: sentences out, paragraphs moved', subEdited),
  unspaced('han', 0.15, 20),
  unspaced('han', 0.05, 1),
  unspaced('thai', 0.15, 40),
  lookAlikes('unrelated', unrelated),
  lookAlikes('two reports of one event', twoReports),
  lookAlikes('follow-up on the same background', followUps),
  lookAlikes('same boilerplate', sameBoilerplate),
  lookAlikes('weather of two towns', weatherReports),
  lookAlikes('two days of one exchange', marketReports),
  lookAlikes('two matches', matchReports),
  lookAlikes('notices that differ in names', noticesOfPeople),
  lookAlikes('stand-in for two texts', standIns),
];
