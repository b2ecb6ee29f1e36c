import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ArticleContentColumns } from './article-content.entity.ts';

/** The current revision of an article. Written by the bulk statements alone, see write-statements.ts. */
@Entity('article')
@Index('article_sort_at', ['sortAt', 'id'], { where: '(duplicate_of IS NULL)' })
@Index('article_first_seen_at', ['firstSeenAt', 'id'], { where: '(duplicate_of IS NULL)' })
@Index('article_site', ['content.site', 'sortAt', 'id'], { where: '(duplicate_of IS NULL)' })
@Index('article_search_config', ['searchConfig', 'sortAt', 'id'], {
  where: '(duplicate_of IS NULL)',
})
@Index('article_duplicate_of', ['duplicateOf'], { where: '(duplicate_of IS NOT NULL)' })
@Index('article_copy_of', ['copyOf'], { where: '(copy_of IS NOT NULL)' })
@Index('article_search_by_day', { synchronize: false })
@Index('article_source_id', { synchronize: false })
@Index('article_source_name', { synchronize: false })
export class ArticleEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'article_pkey' })
  id!: string;

  @Column(() => ArticleContentColumns, { prefix: false })
  content!: ArticleContentColumns;

  /** Over every field but title and text: tells refreshed from unchanged without reading them back. */
  @Column({ type: 'text', name: 'fields_hash' })
  fieldsHash!: string;

  @Column({ type: 'uuid', name: 'duplicate_of', nullable: true })
  duplicateOf!: string | null;

  /** The article whose text this one copies; it is shown like any other. */
  @Column({ type: 'uuid', name: 'copy_of', nullable: true })
  copyOf!: string | null;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'timestamptz', name: 'first_seen_at' })
  firstSeenAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', name: 'sort_at' })
  sortAt!: Date;

  @Column({ type: 'text', name: 'search_config' })
  searchConfig!: string;

  /** Declared so that the drift check knows it; never read or written through the entity. */
  @Column({
    type: 'tsvector',
    name: 'search_vector',
    select: false,
    insert: false,
    update: false,
  })
  searchVector!: never;
}
