import type { RewriteJob, Rewritten } from './rewrite.ts';

/** One buffer of exactly the bytes of the job, which moves to the thread. */
export interface PackedJob extends Pick<RewriteJob, 'as' | 'place'> {
  bytes: Uint8Array;
  lengths: number[];
  hasSnapshot: boolean;
}

/**
 * Copies the bytes out of whatever they lie in. Node's small buffers are slices of one slab that others' bytes lie
 * in as well, keys among them; a message that names a slice takes the whole slab along.
 */
export function packJob({ as, place, snapshot, tail }: RewriteJob): PackedJob {
  const parts = snapshot ? [snapshot, ...tail] : tail;
  const bytes = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return { as, place, bytes, lengths: parts.map(({ length }) => length), hasSnapshot: snapshot !== null };
}

export type ThreadAnswer = ({ ok: true } & Rewritten) | { ok: false; failure: string };
