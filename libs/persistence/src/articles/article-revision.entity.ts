import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ArticleContentColumns } from './article-content.entity.ts';
import { ArticleEntity } from './article.entity.ts';

/** A superseded revision; the current one is the article's own row. */
@Entity('article_revision')
export class ArticleRevisionEntity {
  @PrimaryColumn({
    type: 'uuid',
    name: 'article_id',
    primaryKeyConstraintName: 'article_revision_pkey',
  })
  articleId!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'article_revision_pkey' })
  revision!: number;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'article_id', foreignKeyConstraintName: 'article_revision_article_id_fkey' })
  article!: ArticleEntity;

  @Column(() => ArticleContentColumns, { prefix: false })
  content!: ArticleContentColumns;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'superseded_at' })
  supersededAt!: Date;
}
