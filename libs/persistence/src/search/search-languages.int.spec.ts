import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { segmentForSearch } from '@broadsheet/text';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { HIGHLIGHT_START } from './article-search.ts';

/** Language, a sentence of an article in it, and what people would look for it by. */
const SPOKEN: readonly (readonly [string, string, readonly string[]])[] = [
  ['en', 'The old ferries were sailing to the islands.', ['ferry', 'sail island', '"old ferry"']],
  ['en', 'The naïve captain opened a café in Málaga.', ['cafe malaga', 'Café', 'naïve captains']],
  ['de', 'Die alten Häuser am Hafen wurden verkauft.', ['Haus', 'verkaufte', '"altes Haus"']],
  [
    'fr',
    'Les marins réparaient les bateaux du port.',
    ['marin', 'réparer', 'reparaient', 'bateau'],
  ],
  ['es', 'Los pescadores vendían sus barcas viejas.', ['pescador', 'vender', 'barca vieja']],
  ['it', 'I pescatori riparavano le barche rosse.', ['pescatore', 'riparare', 'barca']],
  ['pt', 'Os pescadores consertavam os barcos velhos.', ['pescador', 'consertar', 'barco']],
  ['ru', 'Старые корабли стояли в гавани.', ['корабль', 'стоять', 'гавань']],
  ['ar', 'عادت السفن القديمة إلى الميناء', ['سفن', 'ميناء']],
  ['tr', 'Balıkçılar limandaki tekneleri onardı.', ['balıkçı', 'liman', 'tekne']],
  ['sv', 'De gamla båtarna låg i hamnarna.', ['båt', 'hamn']],
  ['zh', '渡轮星期一回到了老港口，乘客很高兴。', ['港口', '渡轮', '乘客 高兴']],
  ['ja', '船は月曜日に東京都の港に戻りました。', ['東京', '月曜日', '港']],
  ['ko', '여객선이 월요일에 항구로 돌아왔다.', ['여객선', '여객선은', '항구에서', '월요일']],
  ['th', 'เรือเฟอร์รี่กลับมาที่ท่าเรือเมื่อวันจันทร์', ['ท่าเรือ', 'วันจันทร์']],
];

let database: TestDatabase;
let pool: Pool;
let reader: ArticleReader;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  reader = new ArticleReader(pool);
  const arrivals = SPOKEN.map(([language, text]) => {
    const { article } = articleArrival({ title: language, language, text });
    const search = { title: language, description: '', body: segmentForSearch(text, language) };
    return { article, search };
  });
  await new ArticleWriter(pool).apply(arrivals);
});

afterAll(() => database.drop());

describe.each(SPOKEN)('an article in %s', (language, text, queries) => {
  it.each(queries)(
    'is found by %j, whatever language the reader speaks, and shows where',
    async (q) => {
      const search = { q, sort: 'relevance', limit: 20, highlight: true, count: 'none' } as const;
      const anywhere = await reader.search(search);
      expect(anywhere.hits.map(({ article }) => article.text)).toContain(text);
      const within = await reader.search({ ...search, language });
      expect(within.hits.map(({ article }) => article.text)).toEqual([text]);
      expect(within.hits[0]?.highlight?.text).toContain(HIGHLIGHT_START);
    },
  );
});
