import type { SeatId } from '@longtable/shared/ids';

/** Every address of the client. Random ids and section numbers only: no word in it tells anybody anything. */
export const addresses = {
  first: () => '/',
  start: () => '/start',
  join: () => '/join',
  leaving: () => '/leaving',
  seat: (seat: SeatId | string) => `/s/${seat}`,
  /** Leads on to where the room is. */
  arrival: (seat: SeatId | string) => `/s/${seat}/n`,
  /** Joint words in large letters, for a wall. */
  wall: (seat: SeatId | string) => `/s/${seat}/p`,
  section: (seat: SeatId | string, documentId: string, section: number) =>
    `/s/${seat}/d/${documentId}/${section}`,
};
