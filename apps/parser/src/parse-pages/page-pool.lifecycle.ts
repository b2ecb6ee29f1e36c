import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PagePool } from './page-pool.ts';

/** Closes the pool after the consumer has finished the chunks in hand. */
@Injectable()
export class PagePoolLifecycle implements OnApplicationShutdown {
  private constructor(readonly pool: PagePool | null) {}

  static withWorkers(workers: number, clock: () => Date): PagePoolLifecycle {
    return new PagePoolLifecycle(workers === 0 ? null : new PagePool({ workers, clock }));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.close();
  }
}
