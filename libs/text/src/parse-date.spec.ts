import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from './parse-date.ts';

const utcOf = (text: string): string | undefined => parseDate(text)?.utc;

describe('parseDate', () => {
  it.each([
    ['Monday, July 15, 2024', '2024-07-15T00:00:00.000Z'],
    ['15 July 2024', '2024-07-15T00:00:00.000Z'],
    ['July 15th, 2024', '2024-07-15T00:00:00.000Z'],
    ['20240715', '2024-07-15T00:00:00.000Z'],
    ['2024/07/15', '2024-07-15T00:00:00.000Z'],
    ['15.07.2024', '2024-07-15T00:00:00.000Z'],
    ['7/15/2024', '2024-07-15T00:00:00.000Z'],
    ['15/07/2024', '2024-07-15T00:00:00.000Z'],
    ['le 15 juillet 2024', '2024-07-15T00:00:00.000Z'],
    ['lunes, 15 de julio de 2024', '2024-07-15T00:00:00.000Z'],
    ['понедельник, 15 июля 2024 г.', '2024-07-15T00:00:00.000Z'],
    ['2024年7月15日', '2024-07-15T00:00:00.000Z'],
    ['15 Temmuz 2024 Pazartesi', '2024-07-15T00:00:00.000Z'],
    ['2024-07-15+02:00', '2024-07-15T00:00:00.000Z'],
    ['Mar. 3, 2026', '2026-03-03T00:00:00.000Z'],
    ['mar. 3 mars 2026', '2026-03-03T00:00:00.000Z'],
    ['1 Mart 2026 Paz', '2026-03-01T00:00:00.000Z'],
    ['07/15/24', '2024-07-15T00:00:00.000Z'],
    ['15.07.24', '2024-07-15T00:00:00.000Z'],
    ['15 ก.ค. 67', '2024-07-15T00:00:00.000Z'],
    ['Thứ Hai, ngày 15 tháng 7 năm 2024', '2024-07-15T00:00:00.000Z'],
    ['יום שני, 15 ביולי 2024', '2024-07-15T00:00:00.000Z'],
    ['१५ जुलाई २०२४', '2024-07-15T00:00:00.000Z'],
    ['١٥ يوليو ٢٠٢٤', '2024-07-15T00:00:00.000Z'],
    ['15 تموز 2024', '2024-07-15T00:00:00.000Z'],
    ['الاثنين 15 تموز / يوليو 2024', '2024-07-15T00:00:00.000Z'],
    ['15 تشرين الأول 2024', '2024-10-15T00:00:00.000Z'],
    ['15 جويلية 2024', '2024-07-15T00:00:00.000Z'],
    ['15 جولائی 2024', '2024-07-15T00:00:00.000Z'],
    ['১৫ জুলাই ২০২৪', '2024-07-15T00:00:00.000Z'],
  ])('reads the day of %s with day precision', (text, utc) => {
    expect(parseDate(text)).toEqual({ utc, precision: 'day', offset: null });
  });

  it.each([
    ['July 15, 2024 10:30 AM', '2024-07-15T10:30:00.000Z', null],
    ['10:30 p.m. ET, July 15, 2024', '2024-07-16T02:30:00.000Z', '-04:00'],
    ['January 15, 2024 at 10:30 AM ET', '2024-01-15T15:30:00.000Z', '-05:00'],
    ['15. Juli 2024, 10:30 Uhr', '2024-07-15T10:30:00.000Z', null],
    ['15 juillet 2024 à 10h30', '2024-07-15T10:30:00.000Z', null],
    ['July 15, 2024 | 8 pm', '2024-07-15T20:00:00.000Z', null],
    ['12:05 am, 15 July 2024', '2024-07-15T00:05:00.000Z', null],
    ['2024年7月15日 10時30分', '2024-07-15T10:30:00.000Z', null],
    ['2024-07-15T4:30', '2024-07-15T04:30:00.000Z', null],
    ['2024-07-15T10:30+05:45', '2024-07-15T04:45:00.000Z', '+05:45'],
  ])('reads %s to the minute', (text, utc, offset) => {
    expect(parseDate(text)).toEqual({ utc, precision: 'minute', offset });
  });

  it.each([
    ['Mon, 15 Jul 2024 10:30:00 GMT', '2024-07-15T10:30:00.000Z', '+00:00'],
    ['Monday, 15-Jul-24 10:30:00 GMT', '2024-07-15T10:30:00.000Z', '+00:00'],
    ['Mon Jul 15 10:30:00 2024', '2024-07-15T10:30:00.000Z', null],
    [
      'Mon Jul 15 2024 10:30:00 GMT+0200 (Central European Summer Time)',
      '2024-07-15T08:30:00.000Z',
      '+02:00',
    ],
    ['Mon, 15 Jul 2024 10:30:00 CEST', '2024-07-15T08:30:00.000Z', '+02:00'],
    ['2024-07-15T10:30:00.25-03:00', '2024-07-15T13:30:00.250Z', '-03:00'],
    ['20240715T103000Z', '2024-07-15T10:30:00.000Z', '+00:00'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z', '+00:00'],
  ])('reads %s to the second', (text, utc, offset) => {
    expect(parseDate(text)).toEqual({ utc, precision: 'second', offset });
  });

  it.each([
    '',
    'now',
    'today',
    'Mon',
    '2024',
    '07-2024',
    '1721039400',
    '31 February 2024',
    '29 Feb 2023',
    '2024-07-15T24:30:00Z',
    '2024-07-15T10:30:00+15:00',
    '03/04/2024',
    '12-11-10',
    '15-07-24',
    '03/04/24',
    '15 ฟ.ค. 2567',
    'July 2024',
    'Updated July 15, 2024 by our staff',
    '0000-00-00 00:00:00',
    '15 Floreal 2024',
    '2024-07-15 10:30:00:00',
    '2024-07-15T10:30 XYZ',
    '2024-07-15 10:30 constructor',
    '15 constructor 2024',
  ])('refuses %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it.each(
    'en en-GB fr de es it pt nl sv da nb pl cs sk sl fi hu tr ro ru uk bg sr el ca gl et lv lt id ms ar-u-nu-latn ar-u-nu-arab hi hi-u-nu-deva th he vi ja ko zh'.split(
      ' ',
    ),
  )('reads every month of %s as the language itself writes it', (language) => {
    for (const month of Array(12).keys()) {
      const date = new Date(Date.UTC(2026, month, 14));
      for (const style of ['medium', 'long', 'full'] as const) {
        const text = date.toLocaleDateString(language, { dateStyle: style, timeZone: 'UTC' });
        expect([text, utcOf(text)]).toEqual([text, date.toISOString()]);
      }
    }
  });

  it('does not depend on the zone of the machine', () => {
    const before = process.env['TZ'];
    try {
      process.env['TZ'] = 'Pacific/Auckland';
      expect(utcOf('15 July 2024 10:30')).toBe('2024-07-15T10:30:00.000Z');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('reads back every ISO time it could have written', () => {
    const bounds = {
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9998-12-31T00:00:00Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(bounds), (date) => {
        expect(utcOf(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });

  it('reads a stamp alike in capitals and in small letters, possible or not', () => {
    const digits = (most: number, length = 2) =>
      fc.nat(most).map((number) => String(number).padStart(length, '0'));
    const zone = fc.oneof(
      fc.constantFrom('', 'Z', '-00:00'),
      fc
        .tuple(fc.constantFrom('+', '-'), digits(15), digits(61))
        .map(([a, b, c]) => `${a}${b}:${c}`),
    );
    const day = fc.tuple(digits(9999, 4), digits(13), digits(32)).map((parts) => parts.join('-'));
    const clock = fc
      .tuple(digits(25), digits(61), fc.option(digits(61)), fc.option(digits(9999, 1)))
      .map(([hour, minute, second, part]) =>
        second === null
          ? `${hour}:${minute}`
          : `${hour}:${minute}:${second}${part === null ? '' : `.${part}`}`,
      );
    fc.assert(
      fc.property(day, clock, zone, (date, time, offset) => {
        const stamp = `${date}T${time}${offset}`;
        expect(parseDate(stamp)).toEqual(parseDate(stamp.toLowerCase().replace('t', '  ')));
      }),
      { numRuns: 1_000 },
    );
  });

  it('answers any text at once, with a date or with nothing', () => {
    const hostile = fc.array(
      fc.constantFrom('1', '12', ':', '-', '+', ' ', 'am', 'GMT', 'T', '/', 'july', '(', '.'),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
          hostile.map((parts) => parts.join('')),
        ),
        (text) => {
          const parsed = parseDate(text);
          if (parsed) expect(Number.isNaN(Date.parse(parsed.utc))).toBe(false);
        },
      ),
    );
    expect(parseDate('1'.repeat(1_000_000))).toBeNull();
  });
});
