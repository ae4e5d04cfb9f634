import { parentPort } from 'node:worker_threads';
import { rewrite } from './rewrite.ts';
import type { PackedJob, ThreadAnswer } from './rewrite-messages.ts';

/** The other end of rewriter.ts: one job in, one answer out, as long as anybody asks. It has bytes and nothing else. */

parentPort?.on('message', (job: PackedJob) => {
  const answer = answerTo(job);
  const buffers = answer.ok
    ? [answer.snapshot.buffer as ArrayBuffer, answer.vector.buffer as ArrayBuffer]
    : [];
  parentPort?.postMessage(answer, [...new Set(buffers)]);
});

function answerTo({ as, place, bytes, lengths, hasSnapshot }: PackedJob): ThreadAnswer {
  try {
    let end = 0;
    const parts = lengths.map((length) => bytes.subarray(end, (end += length)));
    const snapshot = hasSnapshot ? (parts.shift() ?? null) : null;
    return { ok: true, ...rewrite({ as, place, snapshot, tail: parts }) };
  } catch (error) {
    return { ok: false, failure: error instanceof Error ? error.message : 'unknown failure' };
  }
}
