import { SinkUnavailable } from '@broadsheet/messaging';
import { DatabaseUnavailable, WriteConflict } from '@broadsheet/persistence';

/** Runs a write; that the database is away, or busy with the same rows, is no fault of the records. */
export async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable || error instanceof WriteConflict) {
      throw new SinkUnavailable(error.message, { cause: error });
    }
    throw error;
  }
}
