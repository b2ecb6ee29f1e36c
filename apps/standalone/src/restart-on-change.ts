import type { ServerProcess } from '@broadsheet/embedded-servers';
import { watch } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const WATCHED = ['../../../apps', '../../../libs'];
const QUIET_MS = 500;

/** For development: the services start again when the compiler has written new code. */
export function restartOnChange(
  services: readonly ServerProcess[],
  say: (line: string) => void,
): void {
  let timer: NodeJS.Timeout | undefined;
  const restart = async (): Promise<void> => {
    say('The code changed: the services start again.');
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all(services.map((service) => service.start()));
    say('The services run again.');
  };
  const fail = (error: Error): void => say(`${error.message} The next change starts it again.`);
  for (const folder of WATCHED) {
    const directory = fileURLToPath(new URL(folder, import.meta.url));
    watch(directory, { recursive: true }, (_event, file) => {
      if (file === null || !basename(file).endsWith('.js') || !file.includes('dist')) return;
      clearTimeout(timer);
      timer = setTimeout(() => void restart().catch(fail), QUIET_MS);
    });
  }
}
