import { DataSource } from 'typeorm';
import { ArticleAliasEntity } from '../articles/article-alias.entity.ts';
import { ArticleChangeEntity } from '../articles/article-change.entity.ts';
import { ArticleRevisionEntity } from '../articles/article-revision.entity.ts';
import { ArticleTombstoneEntity } from '../articles/article-tombstone.entity.ts';
import { ArticleEntity } from '../articles/article.entity.ts';
import { MIGRATIONS } from '../migrations/migrations.ts';
import { DeletionEntity } from '../deletions/deletion.entity.ts';
import { ArticleBandEntity } from '../near-duplicates/article-band.entity.ts';
import { ArticleSignatureEntity } from '../near-duplicates/article-signature.entity.ts';
import { FrontierEntity } from '../sources/frontier.entity.ts';
import { HostEntity } from '../sources/host.entity.ts';
import { RobotsEntity } from '../sources/robots.entity.ts';
import { SourceStateEntity } from '../sources/source-state.entity.ts';
import { SourceEntity } from '../sources/source.entity.ts';
import { StoryAliasEntity } from '../stories/story-alias.entity.ts';
import { StoryMemberEntity } from '../stories/story-member.entity.ts';
import { StoryProgressEntity } from '../stories/story-progress.entity.ts';
import { StoryTermEntity } from '../stories/story-term.entity.ts';
import { StoryEntity } from '../stories/story.entity.ts';
import { TrailEntity } from '../trail/trail.entity.ts';
import { WebsubEntity } from '../websub/websub.entity.ts';
import { WebsubMessageEntity } from '../websub/websub-message.entity.ts';

const ENTITIES = [
  ArticleEntity,
  ArticleRevisionEntity,
  ArticleAliasEntity,
  ArticleChangeEntity,
  ArticleTombstoneEntity,
  ArticleSignatureEntity,
  ArticleBandEntity,
  StoryEntity,
  StoryAliasEntity,
  StoryMemberEntity,
  StoryTermEntity,
  StoryProgressEntity,
  DeletionEntity,
  TrailEntity,
  SourceEntity,
  SourceStateEntity,
  FrontierEntity,
  HostEntity,
  RobotsEntity,
  WebsubEntity,
  WebsubMessageEntity,
];

/** The schema as TypeORM sees it: for migrations and the drift check. Not yet connected. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'broadsheet-migrate',
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    poolSize: 2,
  });
}
