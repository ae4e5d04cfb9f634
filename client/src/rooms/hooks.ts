import { useSyncExternalStore } from 'react';
import type { ConnectionView, RoomHandle, RoomView, TableConnection } from './types.ts';

/** What is true of a room now. */
export function useRoom(handle: RoomHandle): RoomView {
  return useSyncExternalStore(
    (listener) => handle.subscribe(listener),
    () => handle.getView(),
  );
}

/** Whether the table can be reached now. */
export function useConnection(connection: TableConnection): ConnectionView {
  return useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.getView(),
  );
}
