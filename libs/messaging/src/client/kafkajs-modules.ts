import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Puts another export in the place of that of a module of kafkajs, named from its `src`. Throws where
 * `user`, a module that keeps what it imports, was loaded earlier: the replacement would go unseen.
 */
export function replaceKafkajsModule(name: string, user: string, replacement: unknown): void {
  const path = require.resolve(`kafkajs/src/${name}`);
  if (require.cache[require.resolve(`kafkajs/src/${user}`)] !== undefined) {
    throw new Error(`kafkajs was loaded before its ${name} could be replaced`);
  }
  require(path);
  const loaded = require.cache[path];
  if (loaded === undefined) throw new Error(`kafkajs keeps its ${name} elsewhere`);
  loaded.exports = replacement;
}
