import type { CircleId, RoomId } from '@longtable/shared/ids';
import type { Keyring, SealContext } from '../../platform/keyring.ts';
import type { RoomRow, SealedSnapshot } from './rooms.repository.ts';

const audienceOf = (circle: CircleId | null) => (circle === null ? 'partnership' : `circle:${circle}`);

export const updateContext = (room: RoomId, seq: number, circle: CircleId | null): SealContext => ({
  table: 'room_updates',
  column: 'update',
  row: `${room}/${seq}`,
  audience: audienceOf(circle),
});

export const snapshotContext = (room: RoomId, circle: CircleId | null): SealContext => ({
  table: 'rooms',
  column: 'snapshot',
  row: room,
  audience: audienceOf(circle),
});

export const vectorContext = (room: RoomId, circle: CircleId | null): SealContext => ({
  ...snapshotContext(room, circle),
  column: 'snapshot_vector',
});

/** Both columns, under the room's key. */
export async function sealSnapshot(
  keyring: Keyring,
  { id, circle_id, key_id }: Pick<RoomRow, 'id' | 'circle_id' | 'key_id'>,
  { snapshot, vector }: { snapshot: Uint8Array; vector?: Uint8Array | undefined },
): Promise<SealedSnapshot> {
  return {
    snapshot_sealed: await keyring.seal(key_id, snapshotContext(id, circle_id), snapshot),
    snapshot_vector_sealed: vector ? await keyring.seal(key_id, vectorContext(id, circle_id), vector) : null,
  };
}
