/** Minutes east of UTC; the reading that news feeds mean where an abbreviation has several. */
const NAMED_OFFSETS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    'etc/gmt': 0,
    'etc/utc': 0,
    ast: -240,
    adt: -180,
    est: -300,
    edt: -240,
    cst: -360,
    cdt: -300,
    mst: -420,
    mdt: -360,
    pst: -480,
    pdt: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
    nst: -210,
    ndt: -150,
    brt: -180,
    art: -180,
    clt: -240,
    cot: -300,
    pet: -300,
    bst: 60,
    west: 60,
    cet: 60,
    met: 60,
    mez: 60,
    cest: 120,
    mest: 120,
    mesz: 120,
    eet: 120,
    eest: 180,
    sast: 120,
    cat: 120,
    wat: 60,
    eat: 180,
    msk: 180,
    trt: 180,
    gst: 240,
    pkt: 300,
    ist: 330,
    npt: 345,
    wib: 420,
    ict: 420,
    hkt: 480,
    sgt: 480,
    awst: 480,
    pht: 480,
    myt: 480,
    jst: 540,
    kst: 540,
    acst: 570,
    acdt: 630,
    aest: 600,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
  }),
);

/** American names that leave open whether summer time holds: the date decides. */
const AMERICAN_STANDARD: ReadonlyMap<string, number> = new Map(
  Object.entries({
    at: -240,
    et: -300,
    ct: -360,
    mt: -420,
    pt: -480,
  }),
);

export interface WrittenZone {
  /** Minutes east of UTC at a wall-clock time given as if it were UTC. */
  offsetMinutesAt(wallClock: Date): number;
  /** How many characters of the text it took. */
  readonly length: number;
}

function dayOfNthSunday(year: number, month: number, nth: number): number {
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return 1 + ((7 - firstWeekday) % 7) + (nth - 1) * 7;
}

/** Second Sunday of March to first Sunday of November, the rule since 2007. */
function isAmericanSummer(wallClock: Date): boolean {
  const year = wallClock.getUTCFullYear();
  const start = Date.UTC(year, 2, dayOfNthSunday(year, 3, 2), 2);
  const end = Date.UTC(year, 10, dayOfNthSunday(year, 11, 1), 2);
  return wallClock.getTime() >= start && wallClock.getTime() < end;
}

function numericOffset(text: string): { minutes: number; length: number } | null {
  const match = /^([+\-\u2212])(\d{1,2})(?::?(\d{2}))?(?!\d)/.exec(text);
  if (!match) return null;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? '0');
  if (hours > 14 || minutes > 59) return null;
  const total = hours * 60 + minutes;
  return { minutes: match[1] === '+' ? total : -total, length: match[0].length };
}

/** Reads a zone at the start of folded text: `+02:00`, `z`, `est`, `gmt+2`, `(utc)`. */
export function readZone(text: string): WrittenZone | null {
  const numeric = numericOffset(text);
  if (numeric) return fixedZone(numeric.minutes, numeric.length);
  const match = /^\(?([a-z]+(?:\/[a-z]+)?)\)?/.exec(text);
  if (match?.[1] === undefined) return null;
  return namedZone(match[1], match[0].length, text.slice(match[0].length));
}

function namedZone(name: string, length: number, rest: string): WrittenZone | null {
  const named = NAMED_OFFSETS.get(name);
  const more = named === 0 ? numericOffset(rest) : null;
  if (more) return fixedZone(more.minutes, length + more.length);
  if (named !== undefined) return fixedZone(named, length);
  const standard = AMERICAN_STANDARD.get(name);
  if (standard === undefined) return null;
  const offsetMinutesAt = (wallClock: Date) => standard + (isAmericanSummer(wallClock) ? 60 : 0);
  return { offsetMinutesAt, length };
}

function fixedZone(minutes: number, length: number): WrittenZone {
  return { offsetMinutesAt: () => minutes, length };
}
