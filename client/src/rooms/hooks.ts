import { useEffect, useSyncExternalStore } from 'react';
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
  const getView = () => connection.getView();
  return useSyncExternalStore((listener) => connection.subscribe(listener), getView, getView);
}

/** Calls `look` whenever where sections stand may have changed: when the server says so, and after it was away. */
export function useStandingNews(connection: TableConnection, look: () => unknown): void {
  useEffect(() => {
    let wasAway = false;
    const stopNews = connection.onStanding(() => void look());
    const stopView = connection.subscribe(() => {
      const isOnline = connection.getView().state === 'online';
      if (isOnline && wasAway) void look();
      wasAway = !isOnline;
    });
    return () => {
      stopNews();
      stopView();
    };
  }, [connection, look]);
}

/** Calls `look` whenever the notes of this section may have changed. What was missed while away, `useStandingNews` tells. */
export function useNotesNews(
  connection: TableConnection,
  round: string,
  section: string,
  look: () => unknown,
): void {
  useEffect(
    () => connection.onNotes((roundId, key) => void (roundId === round && key === section && look())),
    [connection, round, section, look],
  );
}
