import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { SiteOrder, SiteQuestion, SiteReport } from './bench-sites.process.ts';

const PROCESS = new URL('./bench-sites.process.ts', import.meta.url);

/** Many web sites in a process of their own, whose work is not the fetcher's. */
export class BenchSites {
  private constructor(
    private readonly child: ChildProcess,
    /** Address and port of each. */
    readonly hosts: readonly string[],
  ) {}

  static async start(order: SiteOrder): Promise<BenchSites> {
    const child = fork(PROCESS, { execArgv: [], stdio: 'inherit' });
    child.send({ order });
    const [{ hosts }] = (await once(child, 'message')) as [{ hosts: string[] }];
    return new BenchSites(child, hosts);
  }

  async report(question: SiteQuestion): Promise<SiteReport> {
    this.child.send({ question });
    const [{ report }] = (await once(this.child, 'message')) as [{ report: SiteReport }];
    return report;
  }

  stop(): void {
    this.child.disconnect();
  }
}
