import type { SeatId } from '@longtable/shared/ids';

/** Every address of the client. Random ids and section numbers only: no word in it tells anybody anything. */
export const addresses = {
  first: () => '/',
  start: () => '/start',
  join: () => '/join',
  comeBack: () => '/return',
  invited: () => '/invited',
  /** As a link carries it, for a page that starts anew; early.ts takes it out before anything is painted. */
  withCode: (page: string, code: string | null) =>
    code === null ? page : `${page}#${encodeURIComponent(code)}`,
  leaving: () => '/leaving',
  seat: (seat: SeatId | string) => `/s/${seat}`,
  /** Leads on to where the room is. */
  arrival: (seat: SeatId | string) => `/s/${seat}/n`,
  /** Joint words in large letters, for a wall. */
  wall: (seat: SeatId | string) => `/s/${seat}/p`,
  section: (seat: SeatId | string, documentId: string, section: number) =>
    `/s/${seat}/d/${documentId}/${section}`,
  round: (seat: SeatId | string, roundId: string, section?: number) =>
    section === undefined ? `/s/${seat}/r/${roundId}` : `/s/${seat}/r/${roundId}/${section}`,
  /** All rounds that there were on a document. */
  rounds: (seat: SeatId | string, documentId: string) => `/s/${seat}/d/${documentId}/rounds`,
  ask: (seat: SeatId | string, documentId: string) => `/s/${seat}/d/${documentId}/ask`,
  /** All circles' own words on a section. */
  words: (seat: SeatId | string, documentId: string, section: number) =>
    `/s/${seat}/d/${documentId}/${section}/w`,
};
