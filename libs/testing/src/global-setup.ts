import type { TestProject } from 'vitest/node';
import { startKafka, startPostgres } from './own-servers.ts';
import './provided-servers.ts';
import { createTemplateDatabase, dropDatabase } from './test-database.ts';

type Teardown = () => Promise<void>;

/** One broker and one Postgres per run: those of KAFKA_BROKERS and DATABASE_URL where given, else embedded ones. */
export async function setup(project: TestProject): Promise<Teardown> {
  const teardowns: Teardown[] = [];
  const teardown = async (): Promise<void> => {
    for (const undo of teardowns.toReversed()) await undo();
  };
  try {
    const results = await Promise.allSettled([
      startTestKafka(project, teardowns),
      startTestPostgres(project, teardowns),
    ]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function startTestKafka(project: TestProject, teardowns: Teardown[]): Promise<void> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return project.provide('kafkaBrokers', given);
  const kafka = await startKafka();
  teardowns.push(() => kafka.dispose());
  project.provide('kafkaBrokers', kafka.brokers);
}

async function startTestPostgres(project: TestProject, teardowns: Teardown[]): Promise<void> {
  const url = process.env['DATABASE_URL'] || (await startOwnPostgres(teardowns));
  const template = await createTemplateDatabase(url);
  teardowns.push(() => dropDatabase(url, template));
  project.provide('postgresUrl', url);
  project.provide('templateDatabase', template);
}

async function startOwnPostgres(teardowns: Teardown[]): Promise<string> {
  const postgres = await startPostgres();
  teardowns.push(() => postgres.dispose());
  return postgres.url;
}
