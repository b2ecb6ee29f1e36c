import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import { createSinglebyteEncoder } from '@exodus/bytes/single-byte.js';
import { GatewayClient, openRawTopic, type RawTopic } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asPage } from './story.ts';

const gateway = new GatewayClient(inject('systemGatewayUrl'));
let raw: RawTopic;

beforeAll(async () => {
  raw = await openRawTopic(inject('systemBrokers'));
});
afterAll(() => raw.close());

const TOLD = {
  russian: [
    'Городской совет решил восстановить старый мост',
    'Городской совет в понедельник решил восстановить старый мост, закрытый для повозок и машин со времени наводнения две зимы назад.',
    'Одиннадцать из пятнадцати членов совета были за, трое против. Работы начнутся весной и продлятся около двух лет, сообщил совет.',
  ],
  japanese: [
    '市議会、古い橋の再建を決定',
    '市議会は月曜日、二年前の冬の洪水以来、車の通行が禁止されている古い橋を再建することを決めた。工事は春に始まり、およそ二年かかる見込みだという。',
    '十五人の議員のうち十一人が賛成し、三人が反対した。橋は五つの石のアーチを残し、河口側に自転車のための車線が加えられる予定である。',
  ],
  chinese: [
    '市议会决定重建旧桥',
    '市议会星期一决定重建旧桥。自从两年前的冬天发生洪水以来，这座桥一直禁止马车和汽车通行。工程将在春天开始，预计大约需要两年时间。',
    '十五名议员中有十一名赞成，三名反对。这座桥将保留五个石拱，并在河口一侧增加一条自行车道，那里的地基被认为是坚固的。',
  ],
  french: [
    'Le conseil décide de reconstruire le vieux pont',
    'Le conseil municipal a décidé lundi de reconstruire le vieux pont, fermé aux charrettes et aux voitures depuis la crue survenue voilà deux hivers à côté de la forêt.',
    'Onze des quinze membres étaient pour, trois contre. Les travaux commenceront au printemps et dureront près de deux années, a précisé le conseil.',
  ],
} as const;

function pageOf([title, ...paragraphs]: readonly string[], charset: string | null): string {
  const page = asPage({ serial: '', title: title ?? '', paragraphs, text: '' });
  const declaration = charset === null ? '' : `<meta charset="${charset}">`;
  return page.replace('<meta charset="utf-8">', declaration).replace(' lang="en"', '');
}

function utf16(text: string, order: 'utf-16le' | 'utf-16be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'utf-16le' ? bytes : bytes.swap16();
}

const latin1 = createSinglebyteEncoder('windows-1252');

const CASES = [
  ['russian', 'windows-1251', createSinglebyteEncoder('windows-1251')],
  ['japanese', 'shift_jis', createMultibyteEncoder('shift_jis')],
  ['chinese', 'gb18030', createMultibyteEncoder('gb18030')],
  ['french', 'iso-8859-1', latin1],
] as const;

const WAYS = ['in the page', 'in the content-type'] as const;
const ENCODED = CASES.flatMap((each) => WAYS.map((way) => [...each, way] as const));

describe('pages in other charsets', () => {
  it.each(ENCODED)(
    'a %s page in %s gives the text as written',
    async (language, charset, encode, way) => {
      const [title, ...paragraphs] = TOLD[language];
      const url = `https://news.example.org/charsets/${charset}/${way.replaceAll(' ', '-')}`;
      const isDeclared = way === 'in the page';
      await raw.push({
        key: url,
        value: encode(pageOf(TOLD[language], isDeclared ? charset : null)),
        headers: isDeclared ? {} : { 'content-type': `text/html; charset=${charset}`, url },
      });
      const article = await gateway.findOne({ url });
      expect(article.title).toBe(title);
      expect(article.text).toBe(paragraphs.join('\n\n'));
    },
  );

  it.each(['utf-16le', 'utf-16be'] as const)(
    'a page in UTF-16 (%s) with a byte order mark',
    async (format) => {
      const [title, ...paragraphs] = TOLD.russian;
      const url = `https://news.example.org/charsets/${format}`;
      const value = utf16(`\ufeff${pageOf(TOLD.russian, null)}`, format);
      await raw.push({ key: url, value });
      const article = await gateway.findOne({ url });
      expect([article.title, article.text]).toEqual([title, paragraphs.join('\n\n')]);
    },
  );

  it.each(['utf-16le', 'utf-16be'] as const)('bare text in UTF-16 (%s)', async (format) => {
    const [title, ...paragraphs] = TOLD.russian;
    const url = `https://news.example.org/charsets/text/${format}`;
    const value = utf16(`\ufeff${TOLD.russian.join('\n\n')}`, format);
    await raw.push({ key: url, value });
    const article = await gateway.findOne({ url });
    expect([article.title, article.text]).toEqual([title, paragraphs.join('\n\n')]);
  });
});
