import type { OutgoingRecord, RecordPlacement } from '@broadsheet/messaging';
import {
  ArticleExporter,
  ArticleReader,
  type ArticleRevision,
  type ArticleSearch,
  DeletionRepository,
  HubCallbackRepository,
  type DeletionState,
  type ExportSearch,
  type RevisionSummary,
  type SearchPage,
  type SimilarArticle,
  SourceRepository,
  StoryReader,
  type StoredArticle,
  type TellableChange,
  TrailReader,
} from '@broadsheet/persistence';
import type { TrailEvent } from '@broadsheet/contracts';
import { createLogger, createServiceApp, loadSettings } from '@broadsheet/platform';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureGateway, createAdapter } from '../gateway-app.ts';
import { CHANGE_SOURCE, HEAR_CHANGES } from '../follow-changes/follow-changes.tokens.ts';
import { GatewayModule, LAG_PROBE, PUSH_LOG } from '../gateway.module.ts';
import { GatewaySettings } from '../gateway.settings.ts';
import { exportedLines } from './exported-article.builder.ts';
import { FakeStories } from './fake-stories.ts';

/** A log that keeps what it is given, or fails as it is told to. */
class FakeLog {
  readonly records: OutgoingRecord[] = [];
  failure: Error | null = null;
  private readonly ends = new Map<string, bigint>();

  async send(records: readonly OutgoingRecord[]): Promise<readonly RecordPlacement[]> {
    await Promise.resolve();
    if (this.failure !== null) throw this.failure;
    return records.map((record) => {
      this.records.push(record);
      const offset = this.ends.get(record.topic) ?? 0n;
      this.ends.set(record.topic, offset + 1n);
      return { topic: record.topic, partition: 0, offset };
    });
  }

  on(topic: string): readonly OutgoingRecord[] {
    return this.records.filter((record) => record.topic === topic);
  }
}

/** A store that answers what it is given, or fails as it is told to. */
class FakeStore {
  page: SearchPage = { hits: [], next: null, total: null, summary: null };
  articles: StoredArticle[] = [];
  summaries: RevisionSummary[] = [];
  revisionsOf: ArticleRevision[] = [];
  trail: TrailEvent[] = [];
  similar: SimilarArticle[] = [];
  changes: TellableChange[] = [];
  deleted = new Set<string>();
  ordered: string[] = [];
  aliases = new Map<string, string>();
  searches: ArticleSearch[] = [];
  exports: ExportSearch[] = [];
  /** Given instead of the articles. */
  endless: (() => AsyncGenerator<Buffer, void, undefined>) | null = null;
  failure: Error | null = null;

  async search(search: ArticleSearch): Promise<SearchPage> {
    await this.answer();
    this.searches.push(search);
    return this.page;
  }
  async *parts(search: ExportSearch): AsyncGenerator<Buffer, void, undefined> {
    await this.answer();
    this.exports.push(search);
    if (this.endless !== null) yield* this.endless();
    else if (this.articles.length > 0) yield exportedLines(this.articles);
  }
  async findById(id: string): Promise<StoredArticle | null> {
    await this.answer();
    const wanted = this.aliases.get(id) ?? id;
    return this.articles.find((article) => article.id === wanted) ?? null;
  }
  async similarTo(): Promise<readonly SimilarArticle[]> {
    await this.answer();
    return this.similar;
  }
  findState(id: string): Promise<StoredArticle | null> {
    return this.findById(id);
  }
  async revisions(): Promise<readonly RevisionSummary[]> {
    await this.answer();
    return this.summaries;
  }
  async revision(_id: string, revision: number): Promise<ArticleRevision | null> {
    await this.answer();
    return this.revisionsOf.find((one) => one.revision === revision) ?? null;
  }
  async subjectsOf(id: string): Promise<readonly string[]> {
    await this.answer();
    const wanted = this.aliases.get(id) ?? id;
    return [wanted, ...[...this.aliases].filter(([, to]) => to === wanted).map(([from]) => from)];
  }
  async bySubjects(subjects: readonly string[]): Promise<readonly TrailEvent[]> {
    await this.answer();
    return this.trail.filter((event) => subjects.includes(event.subject));
  }
  async byRecord(record: string): Promise<readonly TrailEvent[]> {
    await this.answer();
    return this.trail.filter((event) => event.record === record);
  }

  async stateOf(id: string): Promise<DeletionState> {
    await this.answer();
    const articleId = this.aliases.get(id) ?? id;
    if (this.deleted.has(articleId)) return { kind: 'deleted', articleId };
    const isStored = this.articles.some((article) => article.id === articleId);
    return isStored ? { kind: 'stored', articleId } : { kind: 'unknown' };
  }
  async order(articleId: string): Promise<void> {
    await this.answer();
    this.ordered.push(articleId);
    this.articles = this.articles.filter((article) => article.id !== articleId);
    this.deleted.add(articleId);
  }
  async after(position: string, limit: number): Promise<readonly TellableChange[]> {
    await this.answer();
    const later = this.changes.filter((change) => BigInt(change.position) > BigInt(position));
    return later.slice(0, limit);
  }
  async latest(): Promise<string> {
    await this.answer();
    return this.changes.at(-1)?.position ?? '0';
  }

  private async answer(): Promise<void> {
    await Promise.resolve();
    if (this.failure !== null) throw this.failure;
  }
}

interface ServerRoute {
  readonly method: string;
  readonly url: string;
}

export interface GatewayUnderTest {
  /** What the HTTP server itself was given. */
  readonly routes: readonly ServerRoute[];
  readonly app: NestFastifyApplication;
  readonly log: FakeLog;
  readonly store: FakeStore;
  readonly stories: FakeStories;
  lagSeconds: number | null;
}

/** The gateway as it is started, on a fake log and a fake store. */
export async function startGateway(
  env: Readonly<Record<string, string>> = {},
): Promise<GatewayUnderTest> {
  const settings = loadSettings(GatewaySettings, {
    KAFKA_BROKERS: 'localhost:1',
    DATABASE_URL: 'postgres://localhost:1/none',
    LOG_LEVEL: 'silent',
    ...env,
  });
  const { HTTP_PORT, HTTP_BIND, LOG_LEVEL } = settings;
  const fakes = {
    log: new FakeLog(),
    store: new FakeStore(),
    stories: new FakeStories(),
    lagSeconds: null as number | null,
  };
  const routes: ServerRoute[] = [];
  const app = await createServiceApp(
    {
      name: 'gateway',
      adapter: createAdapter,
      module: () => GatewayModule.forService(settings, adaptersOf(fakes)),
      configure: (gateway) => {
        gateway
          .getHttpAdapter()
          .getInstance()
          .addHook('onRoute', ({ method, url }) => {
            routes.push(...[method].flat().map((one) => ({ method: one, url })));
          });
        configureGateway(gateway, settings);
      },
    },
    { HTTP_PORT, HTTP_BIND, LOG_LEVEL },
    createLogger({ service: 'gateway', level: 'silent' }),
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return Object.assign(fakes, { app, routes });
}

class FakeAdapters {}

function adaptersOf(fakes: Omit<GatewayUnderTest, 'app' | 'routes'>): DynamicModule {
  return {
    module: FakeAdapters,
    providers: [
      { provide: PUSH_LOG, useValue: fakes.log },
      { provide: LAG_PROBE, useValue: () => Promise.resolve(fakes.lagSeconds) },
      { provide: ArticleExporter, useValue: fakes.store },
      { provide: ArticleReader, useValue: fakes.store },
      { provide: TrailReader, useValue: fakes.store },
      { provide: SourceRepository, useValue: {} },
      { provide: DeletionRepository, useValue: fakes.store },
      { provide: StoryReader, useValue: fakes.stories },
      {
        provide: HubCallbackRepository,
        useValue: { findByToken: () => Promise.resolve(null) },
      },
      { provide: CHANGE_SOURCE, useValue: fakes.store },
      {
        provide: HEAR_CHANGES,
        useValue: () => ({ start: () => undefined, stop: () => undefined }),
      },
    ],
    exports: [
      PUSH_LOG,
      LAG_PROBE,
      CHANGE_SOURCE,
      HEAR_CHANGES,
      ArticleExporter,
      ArticleReader,
      TrailReader,
      SourceRepository,
      DeletionRepository,
      StoryReader,
      HubCallbackRepository,
    ],
  };
}
