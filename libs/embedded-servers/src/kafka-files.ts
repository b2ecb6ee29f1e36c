/** Ports and limits of one embedded broker. */
export interface KafkaFileSettings {
  readonly port: number;
  readonly controllerPort: number;
}

/**
 * Settings of a single broker that is its own controller. Paths are relative to the working
 * directory: properties files are Latin-1 and `log.dirs` is split at commas, an absolute path is neither safe.
 */
export function kafkaServerProperties({ port, controllerPort }: KafkaFileSettings): string {
  return lines({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `CLIENT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENT',
    'log.dirs': 'data',
    'num.network.threads': '2',
    'num.io.threads': '2',
    // After a kill the broker waits until its own old registration has expired: 9 s by default.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'offsets.retention.minutes': String(30 * 24 * 60),
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'log.cleaner.dedupe.buffer.size': String(2 * 1024 * 1024),
    'log.segment.bytes': String(16 * 1024 * 1024),
  });
}

/** Warnings and what a start says, into broker.log, at most 40 MB of it. */
export function kafkaLog4j2Properties(): string {
  return lines({
    status: 'error',
    'appender.file.type': 'RollingFile',
    'appender.file.name': 'file',
    'appender.file.fileName': '${sys:kafka.logs.dir}/broker.log',
    'appender.file.filePattern': '${sys:kafka.logs.dir}/broker.%i.log',
    'appender.file.layout.type': 'PatternLayout',
    'appender.file.layout.pattern': '%d{ISO8601} %p %m (%c)%n',
    'appender.file.policies.type': 'Policies',
    'appender.file.policies.size.type': 'SizeBasedTriggeringPolicy',
    'appender.file.policies.size.size': '10MB',
    'appender.file.strategy.type': 'DefaultRolloverStrategy',
    'appender.file.strategy.max': '3',
    'rootLogger.level': 'warn',
    'rootLogger.appenderRef.file.ref': 'file',
    'logger.server.name': 'kafka.server',
    'logger.server.level': 'info',
  });
}

function lines(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
