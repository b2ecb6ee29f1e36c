import { Parser } from '@asyncapi/parser';
import { TOPICS } from '@broadsheet/contracts';
import { describe, expect, it } from 'vitest';
import { contractDocuments } from '../../tools/generate-contracts.ts';
import { contentOf, filesMatching } from './workspace-files.ts';

const ASYNC_API = 'docs/asyncapi.yaml';

describe('the documents of the contract', () => {
  const generated = contractDocuments();

  it.each([...generated.keys()])('%s is what the schemas give today', (file) => {
    expect(contentOf(file), 'run `npm run generate`').toBe(generated.get(file));
  });

  it('hold no schema of an event that is gone', () => {
    const files = filesMatching('docs/schemas/*', ASYNC_API);
    expect(files).toEqual([...generated.keys()].toSorted());
  });

  it('are a valid AsyncAPI document that names every topic', async () => {
    const { document, diagnostics } = await new Parser().parse(contentOf(ASYNC_API));
    const errors = diagnostics.filter(({ severity }) => severity === 0);
    expect(errors.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([]);
    const addresses = document
      ?.channels()
      .all()
      .map((channel) => channel.address());
    expect(addresses?.toSorted()).toEqual(TOPICS.map(({ name }) => name).toSorted());
  });

  it('are refused by the validation when a reference leads nowhere', async () => {
    const broken = contentOf(ASYNC_API).replace('#/components/schemas/ParsedArticle', '#/nowhere');
    const { diagnostics } = await new Parser().parse(broken);
    expect(diagnostics.filter(({ severity }) => severity === 0)).not.toEqual([]);
  });
});
