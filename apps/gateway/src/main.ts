import { runService } from '@broadsheet/platform';
import { configureGateway, createAdapter } from './gateway-app.ts';
import { GatewayAdaptersModule } from './gateway-adapters.module.ts';
import { GatewayModule } from './gateway.module.ts';
import { GatewaySettings } from './gateway.settings.ts';

await runService({
  name: 'gateway',
  settings: GatewaySettings,
  env: process.env,
  adapter: createAdapter,
  module: (settings) => GatewayModule.forService(settings, GatewayAdaptersModule),
  configure: configureGateway,
});
