import type { NoteId, RoundId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

export interface NotePlace {
  round_id: RoundId;
  section: string;
}

export interface NoteRow extends NotePlace {
  id: NoteId;
  note_sealed: Uint8Array;
  mark_sealed: Uint8Array | null;
}

export const insertNote = async (trx: Db, row: Omit<NoteRow, 'mark_sealed'>): Promise<void> => {
  await trx<NoteRow>('round_notes').insert(row);
};

export const findNote = (trx: Db, id: NoteId): Promise<NoteRow | undefined> =>
  trx<NoteRow>('round_notes').where({ id }).first();

/** By their random ids, which say nothing of who came when. */
export const findNotes = (db: Db, { round_id, section }: NotePlace): Promise<NoteRow[]> =>
  db<NoteRow>('round_notes').where({ round_id, section }).orderBy('id');

export const countNotes = async (trx: Db, { round_id, section }: NotePlace): Promise<number> => {
  const found = (await trx<NoteRow>('round_notes')
    .where({ round_id, section })
    .count('id as count')
    .first()) as { count: number | string } | undefined;
  return Number(found?.count ?? 0);
};

export const updateMark = async (trx: Db, id: NoteId, sealed: Uint8Array | null): Promise<void> => {
  await trx<NoteRow>('round_notes').where({ id }).update({ mark_sealed: sealed });
};

/** Puts a gap in a note's place. What came of it goes too: it may say again what the note said. */
export const emptyNote = async (trx: Db, id: NoteId, sealed: Uint8Array): Promise<void> => {
  await trx<NoteRow>('round_notes').where({ id }).update({ note_sealed: sealed, mark_sealed: null });
};

export const deleteNote = async (trx: Db, id: NoteId): Promise<void> => {
  await trx<NoteRow>('round_notes').where({ id }).delete();
};
