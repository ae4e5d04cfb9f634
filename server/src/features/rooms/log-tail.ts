import * as Y from 'yjs';
import type { StoredUpdate } from './update-store.ts';

/** Log rows that become one part once somebody reads them: of a thousand, a joiner then gets at most eighty. */
const ROWS_MERGED = 64;

/** Rows of more bytes are left alone: merging them costs more than it saves. */
const MERGED_BYTES = 65_536;

/** Committed updates, one or several that follow one another, as one Yjs v1 update. */
interface Part {
  fromSeq: number;
  toSeq: number;
  bytes: Uint8Array;
  /** Whether it takes anything away: what was taken away may then still be read in it, or in what comes before. */
  deletes: boolean;
}

/** What a room's log holds after its snapshot, as it is stored, in order and without a gap. */
export class LogTail {
  #parts: Part[] = [];
  /** How many of the last parts nobody has tried to merge. */
  #loose = 0;
  #rows = 0;
  #bytes = 0;

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Of the rows `fromSeq` to `seq`: what another node has sent may be several as one. */
  append({ seq, bytes }: StoredUpdate, fromSeq: number, deletes: boolean): void {
    this.#parts.push({ fromSeq, toSeq: seq, bytes, deletes });
    this.#loose += 1;
    this.#rows += seq - fromSeq + 1;
    this.#bytes += bytes.length;
  }

  /** All that comes after a sequence; what the first of them repeats changes nothing where it is held already. */
  after(seq: number): Uint8Array[] {
    this.#merge();
    return this.#parts.filter(({ toSeq }) => toSeq > seq).map(({ bytes }) => bytes);
  }

  /** Whether anything was deleted after a sequence. */
  deletesAfter(seq: number): boolean {
    return this.#parts.some(({ toSeq, deletes }) => deletes && toSeq > seq);
  }

  /** Lets go of what a snapshot now holds. A part that reaches past it stays whole. */
  cut(uptoSeq: number): void {
    this.#merge();
    this.#parts = this.#parts.filter(({ toSeq }) => toSeq > uptoSeq);
    this.#rows = this.#parts.reduce((total, { fromSeq, toSeq }) => total + toSeq - fromSeq + 1, 0);
    this.#bytes = this.#parts.reduce((total, { bytes }) => total + bytes.length, 0);
    this.#loose = Math.min(this.#loose, this.#parts.length);
  }

  /** Loose rows, in full groups, become one part each. */
  #merge(): void {
    while (this.#loose >= ROWS_MERGED) {
      const start = this.#parts.length - this.#loose;
      const group = this.#parts.slice(start, start + ROWS_MERGED);
      const [first, last] = [group[0], group.at(-1)];
      const updates = group.map(({ bytes }) => bytes);
      const size = updates.reduce((total, { length }) => total + length, 0);
      if (first && last && size <= MERGED_BYTES) {
        const bytes = Y.mergeUpdates(updates);
        const deletes = group.some((part) => part.deletes);
        this.#parts.splice(start, ROWS_MERGED, { fromSeq: first.fromSeq, toSeq: last.toSeq, bytes, deletes });
        this.#bytes += bytes.length - size;
      }
      this.#loose -= ROWS_MERGED;
    }
  }
}
