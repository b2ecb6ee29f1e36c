import regions from './regions.json' with { type: 'json' };

/** Where a page is written. */
export interface PageLocale {
  readonly isMonthFirst: boolean;
  /** Its main time zone (IANA), where language or address tell a country. */
  readonly timeZone: string | null;
}

const ZONES: ReadonlyMap<string, string> = new Map(Object.entries(regions.zones));
const REGION_OF_LANGUAGE: ReadonlyMap<string, string> = new Map(
  Object.entries(regions.regionOfLanguage),
);
const MONTH_FIRST: ReadonlySet<string> = new Set(regions.monthFirst);
const LANGUAGE_TAG = /^([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}))?$/;

/** By the tag's region (`en-GB`), else by the country of the host, else by the language. */
export function localeOf(language: string | null, url: string | null): PageLocale {
  const [subtag, written] = subtagsOf(language ?? '');
  const region = written ?? countryOf(url) ?? REGION_OF_LANGUAGE.get(subtag);
  if (region === undefined) return { isMonthFirst: subtag === 'en', timeZone: null };
  return {
    isMonthFirst: subtag === 'en' && MONTH_FIRST.has(region),
    timeZone: ZONES.get(region) ?? null,
  };
}

/** Language and region of a tag; whatever is none is taken for English. */
function subtagsOf(tag: string): readonly [string, string | undefined] {
  const [, language = 'en', region] = LANGUAGE_TAG.exec(tag.trim().toLowerCase()) ?? [];
  return [language, region?.toUpperCase()];
}

/** Top domains of countries that sell theirs to anyone say nothing: `.tv`, `.io`. */
function countryOf(url: string | null): string | undefined {
  const host = url === null ? '' : (URL.parse(url)?.hostname ?? '');
  const label = host.slice(host.lastIndexOf('.') + 1).toUpperCase();
  const country = label === 'UK' ? 'GB' : label;
  return ZONES.has(country) ? country : undefined;
}
