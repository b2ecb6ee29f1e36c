// What the scorer of ../shared/conformance calls: our reader of feeds, its fields renamed.
import { readFeed } from '../../libs/feeds/src/index.ts';

export const name = 'broadsheet';

/** The scorer takes what is absent for unknown. */
function known(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function persons(authors) {
  const [first = { name: null, email: null, url: null }] = authors;
  const author = first.name ?? first.email;
  return { authors, author, authorEmail: first.email, authorUrl: first.url };
}

function toEntry({ guid, url, authors, publishedAt, updatedAt, imageUrl, source, ...item }) {
  return known({
    ...item,
    ...persons(authors),
    id: guid,
    link: url,
    published: publishedAt,
    updated: updatedAt,
    image: imageUrl,
    source: source && known({ title: source.title, link: source.url }),
  });
}

function toFeed({ id, title, url, description, language, authors, categories, ...feed }) {
  return known({
    ...persons(authors),
    id,
    title,
    link: url,
    description,
    language,
    categories,
    published: feed.publishedAt,
    updated: feed.updatedAt,
    ttl: feed.schedule.keepForMinutes,
  });
}

export function parseFeed(bytes, headers, { url }) {
  const reading = readFeed(bytes, {
    url,
    contentType: headers['content-type'],
    contentLocation: headers['content-location'],
    contentLanguage: headers['content-language'],
  });
  if (reading.kind !== 'feed') throw new Error(reading.detail);
  const { feed, items, charset } = reading;
  return {
    format: feed.format,
    encoding: charset,
    feed: toFeed(feed),
    entries: items.map(toEntry),
  };
}
