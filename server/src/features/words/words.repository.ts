import type { CircleId, DocumentId, PartnershipId, WordsId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';

/** What a circle says stands in one place at most. */
export interface WordsPlace {
  document_id: DocumentId;
  section: string;
  circle_id: CircleId;
}

export interface WordsRow extends WordsPlace {
  id: WordsId;
  version: number;
  key_id: KeyId;
  said_sealed: Uint8Array;
}

export const upsertWords = async (db: Db, row: WordsRow): Promise<void> => {
  await db<WordsRow>('shared_words').insert(row).onConflict(['document_id', 'section', 'circle_id']).merge();
};

export const deleteWords = async (db: Db, place: WordsPlace): Promise<void> => {
  await db('shared_words')
    .where({ ...place })
    .delete();
};

export interface TakenBackRow {
  id: WordsId;
  document_id: DocumentId;
  section: string;
  circle_id: CircleId;
}

export const insertTakenBack = async (trx: Db, row: TakenBackRow): Promise<void> => {
  await trx<TakenBackRow>('words_taken_back').insert(row);
};

export const countTakenBack = async (db: Db, place: WordsPlace): Promise<number> =>
  (
    await db('words_taken_back')
      .where({ ...place })
      .pluck('id')
  ).length;

/** On any document of a table: quotes may be carried from one to another. */
export const findTakenBack = async (db: Db, partnership: PartnershipId): Promise<TakenBackRow[]> =>
  db('words_taken_back as w')
    .join('documents as d', 'd.id', 'w.document_id')
    .where('d.partnership_id', partnership)
    .orderBy('w.id')
    .select<TakenBackRow[]>('w.id', 'w.document_id', 'w.section', 'w.circle_id');

/** In an order that says nothing of when they came. */
export const findWordsOfDocument = (db: Db, document: DocumentId): Promise<WordsRow[]> =>
  db<WordsRow>('shared_words').where({ document_id: document }).orderBy(['section', 'circle_id']);
