import type { NoteId, RoundId, SeatId } from '@longtable/shared/ids';
import { type NoteMark, type PutNote, RoundNotes } from '@longtable/shared/protocol/http/notes';
import { request, send } from '../../lib/http.ts';

/** A section of a round, as one seat sees it. */
export interface NotesPlace {
  seat: SeatId;
  roundId: RoundId;
  section: string;
}

const pathOf = ({ roundId, section }: NotesPlace) => `/api/rounds/${roundId}/sections/${section}/notes`;

export const fetchNotes = (place: NotesPlace) => request(RoundNotes, pathOf(place), { seat: place.seat });

const post = async (place: NotesPlace, rest: string, body: unknown): Promise<void> => {
  await send(`${pathOf(place)}${rest}`, { method: 'POST', body, seat: place.seat });
};

export const putNote = (place: NotesPlace, note: PutNote) => post(place, '', note);

export const takeBackNote = (place: NotesPlace, id: NoteId, takeBack: string | null) =>
  post(place, `/${id}/take-back`, { takeBack });

export const markNote = (place: NotesPlace, id: NoteId, mark: NoteMark | null) =>
  post(place, `/${id}/mark`, { mark });
