import { TOPIC } from '@broadsheet/contracts';
import { join } from 'node:path';
import type { Provided } from './servers.ts';
import type { StandaloneSettings } from './standalone.config.ts';

export interface RunningSystem {
  readonly settings: StandaloneSettings;
  readonly home: string;
  readonly kafka: Provided;
  readonly postgres: Provided;
}

/** What a person needs to know once everything runs. */
export function describeRunning({ settings, home, kafka, postgres }: RunningSystem): string {
  const gateway = `localhost:${settings.HTTP_PORT}`;
  const brokers = kafka.server === null ? kafka.address : `localhost:${settings.KAFKA_PORT}`;
  const database =
    postgres.passwordFile === undefined
      ? 'as in DATABASE_URL'
      : `localhost:${settings.POSTGRES_PORT}, user and database broadsheet, password in ${postgres.passwordFile}`;
  return `
Broadsheet is ready.

  Gateway   http://${gateway}  (all routes: http://${gateway}/docs)
  Kafka     ${brokers}
  Postgres  ${database}
  Logs      ${join(home, 'logs')}

Push an article:

  kcat -P -b ${brokers} -t ${TOPIC.raw} article.txt
  curl -H 'content-type: text/plain' --data-binary @article.txt '${gateway}/api/v1/articles'

Find it:

  curl '${gateway}/api/v1/articles?q=word'

Ctrl-C stops everything.
`;
}
