import type { MessagingLog } from '@broadsheet/messaging';
import { Logger } from '@nestjs/common';

/** Messaging's log on that of the service. */
export function messagingLog(context: string): MessagingLog {
  const logger = new Logger(context);
  return (level, message, fields) => {
    const line = { msg: message, ...fields };
    if (level === 'info') logger.log(line);
    else logger[level](line);
  };
}
