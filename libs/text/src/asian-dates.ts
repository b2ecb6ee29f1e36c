/** Thai months, in full and short. */
const THAI_MONTHS =
  'มกราคม ม.ค. กุมภาพันธ์ ก.พ. มีนาคม มี.ค. เมษายน เม.ย. พฤษภาคม พ.ค. มิถุนายน มิ.ย. กรกฎาคม ก.ค. สิงหาคม ส.ค. กันยายน ก.ย. ตุลาคม ต.ค. พฤศจิกายน พ.ย. ธันวาคม ธ.ค.'
    .split(' ')
    .map((name, index) => [name.normalize('NFKC'), Math.floor(index / 2) + 1] as const);
const THAI = /[\u0e00-\u0e7f]/u;
/** The Buddhist era, by which Thailand counts its years, is ahead by this much. */
const BUDDHIST_YEARS = 543;
const VIETNAMESE =
  /(?:ngay )?(\d{1,2})[ ,/-]{0,3}(?:thang|thg) ?(\d{1,2})[ ,/-]{0,3}(?:nam )?(\d{4})/u;
/** The first of each run of ten digits outside of ASCII. */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
  0x17e0,
];

/** Digits of any script as those of ASCII. */
export function foldDigits(text: string): string {
  return text.replace(/\P{ASCII}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code <= first + 9);
    return zero === undefined ? character : String(code - zero);
  });
}

/** Rewrites a folded Vietnamese day as year, month, day; other text stays as it is. */
export function expandVietnameseDay(text: string): string {
  return text.replace(
    VIETNAMESE,
    (_all, day: string, month: string, year: string) => `${year}-${month}-${day} `,
  );
}

/**
 * Rewrites a Thai day in the same way, and the Hindi short form of January. Both need the marks
 * over the letters, which folding drops: มี.ค. is March and ม.ค. January, जून is June.
 */
export function expandMarkedMonths(text: string): string {
  if (!THAI.test(text)) return text.replace('जन॰', 'जनवरी');
  for (const [name, month] of THAI_MONTHS) {
    const at = text.indexOf(name);
    if (at < 0) continue;
    const day = /(\d{1,2})\s{0,3}$/u.exec(text.slice(0, at))?.[1];
    const after = /^\s{0,3}(?:[^\d\s]{2,8}\s)?(\d{4}|\d{2})(?!\d)(.*)$/u.exec(
      text.slice(at + name.length),
    );
    if (day === undefined || after?.[1] === undefined) return text;
    return `${christianYear(after[1])}-${month}-${day}${(after[2] ?? '').replace(/\s*น\.?\s*$/u, '')}`;
  }
  return text;
}

/** Arabic names of two words (`تشرين الأول`) as one word, where folding has dropped the marks. */
export function joinLevantineMonths(text: string): string {
  return text.replace(/(كانون|تشرين) (الاول|الثاني)/gu, '$1$2');
}

function christianYear(written: string): number {
  const year = Number(written);
  if (written.length === 2) return 2500 + year - BUDDHIST_YEARS;
  return year > 2400 ? year - BUDDHIST_YEARS : year;
}
