import type { PresenceId } from '@longtable/shared/ids';
import type { Presence } from '@longtable/shared/protocol/socket/cursor';
import type { RoomView } from './types.ts';

/** Where the others are after a message of the server, oneself left out. Of a crowd only its number is told. */
export function othersAfter(
  before: RoomView['cursors'],
  { entries, gone, count }: Presence,
  own: PresenceId | undefined,
): Pick<RoomView, 'cursors' | 'crowd'> {
  if (count !== null) return { cursors: new Map(), crowd: count };
  const cursors = new Map(before);
  for (const id of gone) cursors.delete(id);
  for (const { id, cursor } of entries) {
    if (id === own) continue;
    if (cursor) cursors.set(id, cursor);
    else cursors.delete(id);
  }
  return { cursors, crowd: null };
}
