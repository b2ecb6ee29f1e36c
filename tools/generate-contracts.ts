// Writes docs/asyncapi.yaml and docs/schemas from the schemas and topics in libs/contracts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { asyncApiDocument } from './contracts/asyncapi-document.ts';
import { EVENT_NAMES, standaloneSchema } from './contracts/json-schemas.ts';

const root = join(import.meta.dirname, '..');

/** Every generated file, by its path in the workspace. */
export function contractDocuments(): ReadonlyMap<string, string> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const head = '# Generated from libs/contracts by `npm run generate`.\n';
  const options = { aliasDuplicateObjects: false, lineWidth: 0 };
  const documents = new Map([
    ['docs/asyncapi.yaml', head + stringify(asyncApiDocument(version), options)],
  ]);
  for (const name of EVENT_NAMES) {
    const file = `docs/schemas/${toKebabCase(name)}.schema.json`;
    documents.set(file, `${JSON.stringify(standaloneSchema(name), null, 2)}\n`);
  }
  return documents;
}

function toKebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

if (import.meta.main) {
  for (const [file, content] of contractDocuments()) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
    console.log(`wrote ${file}`);
  }
}
