import { createLogger, createServiceApp, loadSettings } from '@broadsheet/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureGateway, createAdapter } from '../gateway-app.ts';
import { GatewayAdaptersModule } from '../gateway-adapters.module.ts';
import { GatewayModule } from '../gateway.module.ts';
import { GatewaySettings } from '../gateway.settings.ts';

/** The gateway on a real log and a real store, put together as `main` does it. */
export async function startRealGateway(servers: {
  readonly brokers: string;
  readonly databaseUrl: string;
}): Promise<NestFastifyApplication> {
  const settings = loadSettings(GatewaySettings, {
    KAFKA_BROKERS: servers.brokers,
    DATABASE_URL: servers.databaseUrl,
    LOG_LEVEL: 'silent',
  });
  const app = await createServiceApp(
    {
      name: 'gateway',
      adapter: createAdapter,
      module: () => GatewayModule.forService(settings, GatewayAdaptersModule),
      configure: (gateway) => configureGateway(gateway, settings),
    },
    settings,
    createLogger({ service: 'gateway', level: 'silent' }),
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
