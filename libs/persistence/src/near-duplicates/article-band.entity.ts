import { Entity, PrimaryColumn } from 'typeorm';

/** The bands of the articles that are copies of no other. */
@Entity('article_band')
export class ArticleBandEntity {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'article_band_pkey' })
  hash!: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'article_band_pkey' })
  number!: number;
}
