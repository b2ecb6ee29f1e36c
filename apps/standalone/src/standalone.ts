import {
  type EmbeddedServer,
  requireWritableDirectory,
  type ServerProcess,
  stopLeftover,
} from '@broadsheet/embedded-servers';
import { join, resolve } from 'node:path';
import { describeRunning } from './messages.ts';
import { restartOnChange } from './restart-on-change.ts';
import { runMigrate } from './run-migrate.ts';
import { type Provided, provideKafka, providePostgres, type ServersContext } from './servers.ts';
import { chooseServicePorts, SERVICES } from './service-ports.ts';
import { createService, type ServicePort, serviceRecord } from './services.ts';
import type { StandaloneSettings } from './standalone.config.ts';
import { Supervisor } from './supervisor.ts';

export interface StandaloneOptions {
  readonly settings: StandaloneSettings;
  readonly environment: NodeJS.ProcessEnv;
  /** A relative BROADSHEET_HOME is taken from here. */
  readonly workingDirectory: string;
  readonly say: (line: string) => void;
}

/** Kafka, Postgres and the services of one home, as processes of this machine. */
export class Standalone {
  private readonly home: string;
  private readonly supervisor: Supervisor;
  private readonly servers: EmbeddedServer[] = [];
  private readonly services: ServerProcess[] = [];
  private bringingUp: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly options: StandaloneOptions) {
    this.home = resolve(options.workingDirectory, options.settings.BROADSHEET_HOME);
    this.supervisor = new Supervisor(options.say, () => performance.now());
  }

  /** Resolves when the system serves. After an error, `stop` ends what was already started. */
  start(): Promise<void> {
    this.bringingUp = this.bringUp();
    return this.bringingUp;
  }

  /** Ends the services first, so that they can finish what they have in hand, then the servers. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.supervisor.rest();
    await this.stopServices();
    await this.bringingUp.catch(() => undefined);
    await this.stopServices();
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  private async bringUp(): Promise<void> {
    const { settings, environment, say } = this.options;
    for (const folder of ['logs', 'run']) requireWritableDirectory(join(this.home, folder));
    // Before the ports are looked at: services of a killed run may still hold them.
    await Promise.all(SERVICES.map((app) => stopLeftover(serviceRecord(app, this.home))));
    const ports = await chooseServicePorts(settings.HTTP_PORT);
    const [kafka, postgres] = await this.startServers();
    const servicesEnvironment = {
      ...environment,
      NODE_ENV: 'production',
      KAFKA_BROKERS: kafka.address,
      DATABASE_URL: postgres.address,
      // Compiled code of the last run: a quarter less work for each start.
      NODE_COMPILE_CACHE: join(this.home, 'compile-cache'),
    };
    if (!this.isStopping) await runMigrate(this.home, servicesEnvironment);
    if (!this.isStopping) await this.startServices(ports, servicesEnvironment);
    if (this.isStopping) return;
    say(describeRunning({ settings, home: this.home, kafka, postgres }));
    if (settings.BROADSHEET_WATCH) restartOnChange(this.services, say);
  }

  private async startServers(): Promise<readonly [Provided, Provided]> {
    const context: ServersContext = {
      ...this.options,
      home: this.home,
      onDeath: (name, server, reason) => void this.supervisor.revive(name, server, reason),
    };
    const starts = [provideKafka(context), providePostgres(context)] as const;
    // Both must have settled before an error is passed on: `stop` can only end what it knows.
    for (const outcome of await Promise.allSettled(starts)) {
      if (outcome.status === 'fulfilled' && outcome.value.server !== null) {
        this.servers.push(outcome.value.server);
      }
    }
    return Promise.all(starts);
  }

  private async startServices(
    ports: readonly ServicePort[],
    environment: NodeJS.ProcessEnv,
  ): Promise<void> {
    const starts = ports.map((port) => {
      const service = createService(port, {
        home: this.home,
        environment,
        onDeath: (reason) => void this.supervisor.revive(port.app, service, reason),
      });
      this.services.push(service);
      this.supervisor.noteStart(port.app);
      return service.start();
    });
    await Promise.all(starts);
  }

  private async stopServices(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
  }
}
