import type { RoomId } from '@longtable/shared/ids';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RoomHandle } from '../../rooms/types.ts';
import type { RoomsInUse } from './rooms-in-use.ts';

export function useRoomHandle(rooms: RoomsInUse, room: RoomId): RoomHandle | null {
  const [handle, setHandle] = useState<RoomHandle | null>(null);
  useEffect(() => {
    const opened = rooms.open(room);
    setHandle(opened);
    return () => {
      setHandle(null);
      rooms.release(opened);
    };
  }, [rooms, room]);
  return handle?.id === room ? handle : null;
}

export const useUnsavedRooms = (rooms: RoomsInUse) => useSyncExternalStore(rooms.subscribe, rooms.getUnsaved);
