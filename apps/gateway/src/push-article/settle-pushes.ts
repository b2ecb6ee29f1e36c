import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { PushArticleHandler } from './push-article.handler.ts';

/** Lets the trail steps of the last pushes out before the producer is closed. */
@Injectable()
export class SettlePushes implements BeforeApplicationShutdown {
  constructor(private readonly handler: PushArticleHandler) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.handler.settle();
  }
}
