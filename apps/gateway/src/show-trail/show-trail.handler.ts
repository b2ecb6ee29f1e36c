import { addressId } from '@broadsheet/article';
import type { TrailEvent } from '@broadsheet/contracts';
import { Problem } from '../http/problem.errors.ts';

/** The ids under which steps of one article were written: its own and those of its addresses. */
export interface SubjectFinder {
  subjectsOf(id: string): Promise<readonly string[]>;
}

/** Steps are oldest first. */
export interface TrailSource {
  bySubjects(subjects: readonly string[]): Promise<readonly TrailEvent[]>;
  byRecord(record: string): Promise<readonly TrailEvent[]>;
}

export interface Trail {
  /** What was asked about; null where only a record was named. */
  readonly id: string | null;
  readonly items: readonly TrailEvent[];
}

export class ShowTrailHandler {
  constructor(
    private readonly subjects: SubjectFinder,
    private readonly trails: TrailSource,
  ) {}

  /** Empty where nothing is known yet: a step may still be on its way. */
  async byId(id: string): Promise<Trail> {
    const known = await this.subjects.subjectsOf(id);
    return { id, items: await this.trails.bySubjects([...new Set([id, ...known])]) };
  }

  /** @throws {Problem} URL_INVALID */
  byUrl(url: string): Promise<Trail> {
    const id = addressId(url.trim());
    if (id !== null) return this.byId(id);
    throw new Problem(400, 'URL_INVALID', 'url is not an absolute http or https address', {
      errors: [{ in: 'query', name: 'url', detail: 'must be an absolute http or https address' }],
    });
  }

  async byRecord(record: string): Promise<Trail> {
    return { id: null, items: await this.trails.byRecord(record) };
  }
}
