import { Controller, Get, Header, Res } from '@nestjs/common';
import { HealthChecks, type HealthReport } from './health-checks.ts';

/** The part of the reply that a health answer needs. */
interface Reply {
  code(status: number): unknown;
}

@Controller('health')
export class HealthController {
  constructor(private readonly checks: HealthChecks) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  async live(@Res({ passthrough: true }) reply: Reply): Promise<HealthReport> {
    return answer(await this.checks.live(), reply);
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<HealthReport> {
    return answer(await this.checks.ready(), reply);
  }
}

function answer(report: HealthReport, reply: Reply): HealthReport {
  reply.code(report.status === 'ok' ? 200 : 503);
  return report;
}
