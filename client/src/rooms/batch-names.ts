import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { Batch, RoomHandle } from '@longtable/shared/protocol/socket/batch';
import type { JoinedRoom } from '@longtable/shared/protocol/socket/join';

/** A batch with its room's own name instead of the handle. */
export interface RoomBatch {
  room: RoomId;
  lineage: Lineage;
  fromSeq: number;
  toSeq: number;
  bytes: string;
}

type Place = Pick<RoomBatch, 'room' | 'lineage'>;

/** Which room a batch is of, for as long as one connection lives. */
export class BatchNames {
  readonly #deliver: (batch: RoomBatch) => void;
  readonly #places = new Map<RoomHandle, Place>();
  /** Came between a join and its answer, which says what their handles mean. */
  #early: Batch[] = [];
  #joins = 0;

  constructor(deliver: (batch: RoomBatch) => void) {
    this.#deliver = deliver;
  }

  onBatch(batch: Batch): void {
    const [handle, fromSeq, toSeq, bytes] = batch;
    const place = this.#places.get(handle);
    if (place) this.#deliver({ ...place, fromSeq, toSeq, bytes });
    // One that no join will explain is of a room that was left.
    else if (this.#joins > 0) this.#early.push(batch);
  }

  asked(): void {
    this.#joins += 1;
  }

  /** A room has one name: whatever comes under an earlier one is of the past. */
  joined({ room, lineage, handle }: JoinedRoom): void {
    for (const [known, place] of this.#places) if (place.room === room) this.#places.delete(known);
    this.#places.set(handle, { room, lineage });
  }

  /** Hands out what has come early, once its room has taken the answer in. */
  answered(): void {
    this.#joins -= 1;
    for (const batch of this.#early.splice(0)) this.onBatch(batch);
  }

  disconnected(): void {
    this.#places.clear();
    this.#early = [];
    this.#joins = 0;
  }
}
