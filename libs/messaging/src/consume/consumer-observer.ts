import type { ConsumerState } from './consumer-progress.ts';

export interface ChunkObservation {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
  readonly seconds: number;
}

export interface DeadLetterObservation {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly code: string;
}

/** Told of what a consumer does, to count it. Must not throw. */
export interface ConsumerObserver {
  onStateChanged?(groupId: string, state: ConsumerState): void;
  onChunkDone?(chunk: ChunkObservation): void;
  onDeadLettered?(letter: DeadLetterObservation): void;
  onRebalanced?(groupId: string): void;
}
