import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from './decode-bytes.ts';

const html = (head: string, body: string) =>
  `<!doctype html><html><head>${head}</head><body><p>${body}</p></body></html>`;
const utf8 = (text: string) => Buffer.from(text);
const undeclared = { charset: null, kind: 'html' } as const;

/** Writes text in a one-byte charset whose letters lie in one run of code points. */
function inCharset(text: string, start: number, codePoint: number): Buffer {
  return Buffer.from(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x80 ? code : code - codePoint + start;
    }),
  );
}
// windows-1251 keeps А to я (U+0410…) from 0xC0 on.
const in1251 = (text: string) => inCharset(text, 0xc0, 0x0410);

const RUSSIAN =
  'Порт снова открыт для судов, сообщил в понедельник начальник гавани. По его словам, паром будет ходить дважды в день, а билеты уже раскуплены до конца месяца. ';
const JAPANESE = 'テストの文章です。これは日本語のニュース記事です。';
const SHIFT_JIS = Buffer.from(
  '83658358836782cc95b68fcd82c582b7814282b182ea82cd93fa967b8cea82cc836a8385815b83588b4c8e9682c582b78142',
  'hex',
);
const GB18030 = Buffer.from(
  'd5e2cac7d2bbb8f6b2e2cad4a1a3d6d0cec4d0c2cec5cec4d5c2b5c4c4dac8ddd4dad5e2c0efa1a3',
  'hex',
);
const CHINESE = '这是一个测试。中文新闻文章的内容在这里。';

describe('decodeBytes', () => {
  it('takes a mark over everything', () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8('é')]);
    expect(decodeBytes(bytes, { charset: 'windows-1251', kind: 'html' })).toEqual({
      text: 'é',
      charset: 'utf-8',
      from: 'bom',
    });
  });

  it('takes the transport over the declaration', () => {
    const text = html('<meta charset="windows-1251">', 'é');
    const bytes = Buffer.from(text, 'latin1');
    expect(decodeBytes(bytes, { charset: 'ISO-8859-1', kind: 'html' })).toEqual({
      text,
      charset: 'windows-1252',
      from: 'transport',
    });
  });

  it.each([null, 'x-unknown', ''])('takes valid UTF-8 where it is told %j', (charset) => {
    expect(decodeBytes(utf8('naïve café'), { charset, kind: 'html' })).toEqual({
      text: 'naïve café',
      charset: 'utf-8',
      from: 'utf-8',
    });
  });

  it.each([
    ['<meta charset=windows-1251>'],
    ['<META CHARSET = "Windows-1251" >'],
    [`<!-- <meta charset="utf-8"> --><meta charset='cp1251'/>`],
    ['<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
    ["<meta content='text/html;charset=windows-1251' http-equiv=content-type>"],
    [`<script>${'var a = 1;'.repeat(200)}</script><meta charset="windows-1251">`],
  ])('believes the declaration %s', (meta) => {
    const text = html(meta, RUSSIAN);
    expect(decodeBytes(in1251(text), undeclared)).toEqual({
      text,
      charset: 'windows-1251',
      from: 'declaration',
    });
  });

  it('does not take a meta of another kind for a declaration', () => {
    const text = html('<meta name="x" content="charset=windows-1251">', 'café');
    expect(decodeBytes(utf8(text), undeclared)).toMatchObject({ text, from: 'utf-8' });
  });

  it.each([
    `<?xml version="1.0" encoding="windows-1251"?>`,
    `\n <?xml version='1.0' encoding = 'windows-1251' ?>`,
  ])('believes the XML declaration %j', (declaration) => {
    const text = `${declaration}<rss><title>${RUSSIAN}</title></rss>`;
    expect(decodeBytes(in1251(text), { charset: null, kind: 'xml' })).toMatchObject({
      text,
      from: 'declaration',
    });
  });

  it.each(['html', 'xml'] as const)('reads %s declared utf-16 and stored as UTF-8', (kind) => {
    const text = `<?xml version="1.0" encoding="utf-16"?><html><head><meta charset="utf-16"></head><p>café</p></html>`;
    expect(decodeBytes(utf8(text), { charset: null, kind })).toMatchObject({
      text,
      charset: 'utf-8',
    });
    expect(decodeBytes(utf8(text), { charset: 'utf-16', kind })).toMatchObject({
      text,
      charset: 'utf-8',
    });
  });

  it('tells UTF-16 without a mark by its zero bytes, in both orders', () => {
    const text = html('<title>Новости</title>', 'Les élèves sont arrivés');
    const little = Buffer.from(text, 'utf16le');
    expect(decodeBytes(little, undeclared)).toMatchObject({ text, charset: 'utf-16le' });
    expect(decodeBytes(Buffer.from(little).swap16(), undeclared)).toMatchObject({
      text,
      charset: 'utf-16be',
    });
  });

  it.each(['utf-8', 'iso-8859-1', 'windows-1252', 'gbk'])(
    'believes zero bytes over %s, whoever says it',
    (charset) => {
      const text = `<?xml version="1.0" encoding="${charset}"?><title>Les élèves</title>`;
      for (const kind of ['xml', 'html', 'text'] as const) {
        const bytes = Buffer.from(text, 'utf16le');
        expect(decodeBytes(bytes, { charset, kind })).toMatchObject({ text, charset: 'utf-16le' });
      }
    },
  );

  it('believes escape sequences over utf-8', () => {
    const title = Buffer.from('1b24424633244e4535281b2842', 'hex');
    const head = Buffer.from('<?xml version="1.0" encoding="iso-2022-jp"?><title>');
    const bytes = Buffer.concat([head, title, Buffer.from('</title>')]);
    expect(decodeBytes(bytes, { charset: 'utf-8', kind: 'xml' })).toMatchObject({
      charset: 'iso-2022-jp',
      from: 'declaration',
    });
  });

  it.each([
    ['with', '\uFEFF<rss>'],
    ['without', '<rss>'],
  ])('reads UTF-32 %s a mark, in both orders', (_case, start) => {
    const points = Array.from(`${start}Порт 😀</rss>`, (sign) => sign.codePointAt(0) ?? 0);
    for (const [charset, isLittle] of [
      ['utf-32le', true],
      ['utf-32be', false],
    ] as const) {
      const bytes = new Uint8Array(points.length * 4 + 1);
      const view = new DataView(bytes.buffer);
      [...points.keys()].forEach((at) => view.setUint32(at * 4, points[at] ?? 0, isLittle));
      const decoded = decodeBytes(bytes, { charset: 'utf-8', kind: 'xml' });
      expect(decoded).toMatchObject({ charset, text: '<rss>Порт 😀</rss>' });
    }
  });

  it('makes U+FFFD of what is no character in UTF-32', () => {
    const bytes = Buffer.from('fffe000000d80000ffffffff00001100' + '41000000', 'hex');
    expect(decodeBytes(bytes, undeclared).text).toBe('\ufffd\ufffd\ufffdA');
  });

  it('tells windows-1251 by its letters, among markup too', () => {
    for (const text of [RUSSIAN, html(`<script>${'f();'.repeat(500)}</script>`, RUSSIAN)]) {
      expect(decodeBytes(in1251(text), undeclared)).toEqual({
        text,
        charset: 'windows-1251',
        from: 'detected',
      });
    }
  });

  it('tells Shift_JIS and GB18030 by their pairs, and reads gb2312 as the superset it stands for', () => {
    expect(decodeBytes(SHIFT_JIS, undeclared)).toMatchObject({
      text: JAPANESE,
      charset: 'shift_jis',
      from: 'detected',
    });
    expect(decodeBytes(GB18030, undeclared)).toMatchObject({ text: CHINESE, from: 'detected' });
    expect(decodeBytes(GB18030, { charset: 'gb2312', kind: 'text' })).toMatchObject({
      text: CHINESE,
      charset: 'gbk',
    });
  });

  it('reads the punctuation that windows-1252 has and ISO-8859-1 has not', () => {
    const bytes = Buffer.from([0x93, 0x48, 0x69, 0x94, 0x20, 0x80]);
    for (const charset of ['iso-8859-1', 'us-ascii', 'latin1', null]) {
      expect(decodeBytes(bytes, { charset, kind: 'text' }).text).toBe('“Hi” €');
    }
  });

  it('keeps UTF-8 in spite of a few broken bytes', () => {
    const bytes = Buffer.concat([utf8(RUSSIAN), Buffer.from([0xff, 0xe9]), utf8(RUSSIAN)]);
    expect(decodeBytes(bytes, undeclared)).toMatchObject({
      charset: 'utf-8',
      text: `${RUSSIAN}\ufffd\ufffd${RUSSIAN}`,
    });
  });

  it('disbelieves utf-8 over bytes that are clearly not', () => {
    expect(decodeBytes(in1251(RUSSIAN), { charset: 'utf-8', kind: 'text' })).toMatchObject({
      text: RUSSIAN,
      charset: 'windows-1251',
    });
  });

  it('gives back any UTF-8 text unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units)
          .toWellFormed()
          .replace(/^\ufeff+/, '');
        expect(decodeBytes(utf8(text), { charset: 'utf-8', kind: 'text' }).text).toBe(text);
      }),
    );
  });

  it('answers any bytes, with any label', () => {
    const label = fc.oneof(
      fc.constant(null),
      fc.string(),
      fc.constantFrom('replacement', 'iso-2022-kr', 'x-user-defined', 'big5', 'euc-jp'),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 500 }),
        label,
        fc.constantFrom('html', 'xml', 'text'),
        (bytes, charset, kind) => {
          expect(decodeBytes(bytes, { charset, kind }).text.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it('spends little time on hostile markup', () => {
    const started = process.cpuUsage();
    decodeBytes(Buffer.from('<meta a="'.repeat(900_000)), undeclared);
    decodeBytes(Buffer.from('<?xml '.repeat(900_000)), { charset: null, kind: 'xml' });
    decodeBytes(Buffer.alloc(8_000_000, '<meta charset'), undeclared);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  });
});
