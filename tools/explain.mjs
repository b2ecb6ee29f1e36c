// Shows what the parser makes of a file, and why: npm run explain -- page.html [address]
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { explainPage } from '../apps/gateway/dist/explain-page/explain-page.js';

const TYPES = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.txt': 'text/plain',
  '.json': 'application/json',
};
const FIELDS =
  'title description dateline authors publishedAt modifiedAt language image section categories keywords site canonicalUrl paywalled truncated wordCount'.split(
    ' ',
  );

const [file, url = null] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: npm run explain -- page.html [address]');
  process.exit(2);
}
const bytes = readFileSync(resolve(process.env.INIT_CWD ?? '.', file));
const contentType = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
print(explainPage({ body: bytes, contentType, url, now: new Date() }));

function print({
  outcome,
  code,
  detail,
  form,
  mediaType,
  charset,
  answeredId,
  body,
  refused,
  article,
}) {
  row('outcome', outcome === 'article' ? 'an article' : `rejected ${code}: ${detail}`);
  if (form !== null) row('read as', `${form}, ${mediaType}`);
  if (charset !== null) row('charset', `${charset.name} (${charset.from})`);
  row('push answers', answeredId);
  if (body !== null) printBody(body);
  if (refused !== null) printFields(refused);
  if (article === null) return;
  row('article', article.id);
  for (const { addressId, url: address } of article.addresses)
    row('address', `${addressId} ${address}`);
  printFields(article);
  console.log(`\n${article.text}`);
}

function printBody({ container, rivals, pruning, leftOut, leftOutCount }) {
  row('container', showContainer(container));
  for (const rival of rivals) row('', `lost: ${showContainer(rival)}`);
  row('pruning', `${pruning}, ${leftOutCount} left out`);
  for (const { rule, element, length, excerpt } of leftOut)
    row('', `${rule}: ${element ?? 'line'}, ${length} characters: ${excerpt}`);
}

function showContainer({ path, score, length, goodLength }) {
  return `${path} (score ${score}, ${goodLength} of ${length} characters in paragraphs)`;
}

function printFields(fields) {
  for (const field of FIELDS)
    if (field in fields) printField(field, fields[field], fields.provenance[field]);
}

function printField(field, value, provenance) {
  row(field, `${show(value)}${provenance === undefined ? '' : ` (${provenance.from})`}`);
  for (const rival of provenance?.rivals ?? []) row('', `lost: ${rival.value} (${rival.from})`);
}

function show(value) {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function row(name, value) {
  console.log(`${name.padEnd(14)} ${value ?? '–'}`);
}
