/** Parts of paths that lead to lists, people, services: never to an article. */
const OTHER_PARTS = new Set([
  'about',
  'account',
  'advertise',
  'author',
  'authors',
  'career',
  'careers',
  'categories',
  'category',
  'contact',
  'cookies',
  'datenschutz',
  'faq',
  'feed',
  'help',
  'imprint',
  'impressum',
  'jobs',
  'kontakt',
  'legal',
  'login',
  'newsletter',
  'newsletters',
  'privacy',
  'profile',
  'register',
  'rss',
  'schlagwort',
  'search',
  'section',
  'sections',
  'shop',
  'signin',
  'signup',
  'sitemap',
  'subscribe',
  'subscription',
  'suche',
  'tag',
  'tags',
  'terms',
  'thema',
  'themen',
  'topic',
  'topics',
  'user',
  'users',
]);
const NO_PAGE =
  /\.(?:jpe?g|png|gif|webp|svg|avif|pdf|zip|gz|mp[34]|m4[av]|mov|webm|css|js|json|xml|rss|atom|ics|apk|exe|docx?|xlsx?|pptx?)$/i;
const DATE_IN_PATH =
  /\/(?:19|20)\d{2}[/_-]?(?:0[1-9]|1[0-2])(?:[/_-]?(?:0[1-9]|[12]\d|3[01]))?(?:\D|$)/;
const LONG_NUMBER = /(?:^|\D)\d{5,}(?:\D|$)/;
const ID_PARAMETERS = new Set([
  'id',
  'aid',
  'article',
  'articleid',
  'story',
  'storyid',
  'p',
  'nid',
  'news_id',
  'newsid',
]);
const WORDS_OF_SLUG = 4;

function hasSlug(part: string): boolean {
  const words = part
    .replace(/\.[a-z]{2,5}$/i, '')
    .split(/[-_]/)
    .filter((word) => /\p{L}/u.test(word));
  return words.length >= WORDS_OF_SLUG;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function partsOf(pathname: string): readonly string[] {
  return pathname.split('/').filter(Boolean).map(decoded);
}

/** A date and a name: no list of articles has both. A date alone is the archive of that day. */
function hasDatedName(pathname: string): boolean {
  return DATE_IN_PATH.test(pathname) && /\p{L}{3}/u.test(partsOf(pathname).at(-1) ?? '');
}

/** Whether an address is like those that news sites give to articles: a date, a long slug, a number of its own. */
export function looksLikeArticle(address: string): boolean {
  const { pathname, searchParams } = new URL(address);
  if (hasDatedName(pathname)) return true;
  const last = partsOf(pathname).at(-1) ?? '';
  if (hasSlug(last) || LONG_NUMBER.test(last)) return true;
  return [...searchParams].some(
    ([name, value]) => ID_PARAMETERS.has(name.toLowerCase()) && /^\d{1,12}$/.test(value),
  );
}

/** Whether an address leads to something that is no article: a file, a list, a service. */
export function leadsElsewhere(address: string): boolean {
  const { pathname } = new URL(address);
  if (NO_PAGE.test(pathname)) return true;
  const isOther = partsOf(pathname).some((part) => OTHER_PARTS.has(part.toLowerCase()));
  return isOther && !hasDatedName(pathname);
}
