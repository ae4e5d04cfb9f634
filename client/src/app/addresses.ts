import type { SeatId } from '@longtable/shared/ids';

/** Every address of the client. Random ids and section numbers only: no word in it tells anybody anything. */
export const addresses = {
  first: () => '/',
  start: () => '/start',
  join: () => '/join',
  leaving: () => '/leaving',
  seat: (seat: SeatId | string) => `/s/${seat}`,
  section: (seat: SeatId | string, documentId: string, section: number) =>
    `/s/${seat}/d/${documentId}/${section}`,
  /** All circles' own words on a section. */
  words: (seat: SeatId | string, documentId: string, section: number) =>
    `/s/${seat}/d/${documentId}/${section}/w`,
};
