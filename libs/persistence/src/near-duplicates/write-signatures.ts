import type { Query } from '../database/session.ts';
import type { CopyJudgement } from './copy-subject.ts';
import {
  FORGET_SIGNATURES,
  PUT_IN_BANDS,
  TAKE_OUT_BANDS,
  WRITE_SIGNATURES,
} from './signature-statements.ts';

/** Makes the originals among the subjects such as others are found to be copies of. */
export async function writeSignatures(
  query: Query,
  { subjects, decisions, wordless }: CopyJudgement,
): Promise<void> {
  const revised = subjects.filter(({ isRevised }) => isRevised).map(({ id }) => id);
  await forgetSignatures(query, wordless);
  if (revised.length > 0) await query(TAKE_OUT_BANDS, [revised]);
  if (subjects.length === 0) return;
  await query(WRITE_SIGNATURES, [
    subjects.map(({ id }) => id),
    subjects.map(({ signature }) => Buffer.from(signature.sketch)),
    subjects.map(({ signature }) => `{${signature.bands.join(',')}}`),
  ]);
  const originals = decisions.filter(({ original }) => original === null);
  await query(PUT_IN_BANDS, [originals.map(({ articleId }) => articleId)]);
}

export async function forgetSignatures(query: Query, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await query(TAKE_OUT_BANDS, [ids]);
  await query(FORGET_SIGNATURES, [ids]);
}
