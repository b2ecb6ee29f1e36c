import type { TopicReport } from '@broadsheet/messaging';
import { type Environment, loadSettings } from '@broadsheet/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateSettings } from './migrate.settings.ts';
import { prepareTables } from './prepare-tables.ts';
import { prepareTopics } from './prepare-topics.ts';
import type { Waiting } from './wait-until.ts';

const PAUSE_MS = 500;

/** Prepares topics and tables; safe to run again and again, and by several at once. */
export async function runMigrate(
  environment: Environment,
  say: (line: string) => void,
): Promise<void> {
  const settings = loadSettings(MigrateSettings, environment);
  const clock = { nowMs: () => Date.now(), sleep: (ms: number) => sleep(ms) };
  const deadlineMs = clock.nowMs() + settings.MIGRATE_WAIT_SECONDS * 1_000;
  const waiting: Waiting = { deadlineMs, pauseMs: PAUSE_MS, clock };
  const [topics, migrations] = await Promise.all([
    prepareTopics(settings, waiting),
    prepareTables(settings, waiting),
  ]);
  for (const line of describe(topics, migrations)) say(line);
}

function describe(topics: TopicReport, migrations: readonly string[]): readonly string[] {
  return [
    ...topics.created.map((topic) => `Topic ${topic} was created.`),
    ...topics.drift.map(
      ({ topic, setting, actual, declared }) =>
        `Topic ${topic} differs: ${setting} is ${actual || 'not set'}, declared is ${declared}; it was left as it is.`,
    ),
    ...migrations.map((migration) => `Migration ${migration} was applied.`),
    'Topics and tables are ready.',
  ];
}
