import type { Lineage, RoomId } from '@longtable/shared/ids';

/** Committed updates `fromSeq`..`toSeq` of one room, merged into one Yjs v1 update in base64. */
export interface RoomBatch {
  room: RoomId;
  lineage: Lineage;
  fromSeq: number;
  toSeq: number;
  bytes: string;
}

/** What one message to the visitors carries, before it is made text. */
export type CommittedRange = Omit<RoomBatch, 'bytes'> & { bytes: Uint8Array };

/** What the engine tells the transport. Called only after the commit it speaks of. */
export interface EngineEvents {
  /** `writer` is the only visitor whose words are in the batch, who need not be sent them; else null. */
  batch(message: RoomBatch, writer: string | null): void;
  head(room: RoomId, seq: number): void;
  /** Who may write there has changed for everyone, somewhere else. */
  reopened(room: RoomId): void;
  /** These visitors are out of the room: its history was rewritten or their seat is gone. */
  failed(room: RoomId): void;
}
