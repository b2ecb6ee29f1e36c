import type { TellableChange } from '@broadsheet/persistence';

/** The change log: everything but unchanged and outdated. Positions are decimal strings. */
export interface ChangeSource {
  after(position: string, limit: number): Promise<readonly TellableChange[]>;
  latest(): Promise<string>;
}
