import type { TopicSpec } from '@broadsheet/contracts';

/** A topic as the broker has it. */
export interface ExistingTopic {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

/** A difference between what is declared and what is there; nothing is changed because of it. */
export interface TopicDrift {
  readonly topic: string;
  /** `partitions`, or the name of a topic setting. */
  readonly setting: string;
  readonly declared: string;
  readonly actual: string;
}

/** Where an existing topic differs from its declaration. More partitions than declared are no drift. */
export function compareTopic(spec: TopicSpec, existing: ExistingTopic): readonly TopicDrift[] {
  const drift: TopicDrift[] = [];
  if (existing.partitions < spec.partitions) {
    drift.push({
      topic: spec.name,
      setting: 'partitions',
      declared: String(spec.partitions),
      actual: String(existing.partitions),
    });
  }
  for (const [setting, declared] of Object.entries(spec.config)) {
    const actual = existing.config[setting] ?? '';
    if (actual !== declared) drift.push({ topic: spec.name, setting, declared, actual });
  }
  return drift;
}
