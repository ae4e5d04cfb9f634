import type { CircleId, DocumentId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

/** The place of a mark; there is one mark in it at most. */
export interface MarkPlace {
  document_id: DocumentId;
  section: string;
  circle_id: CircleId;
}

export interface MarkRow extends MarkPlace {
  mark_sealed: Uint8Array;
}

export const upsertMark = async (db: Db, row: MarkRow): Promise<void> => {
  await db<MarkRow>('heard_marks')
    .insert(row)
    .onConflict(['circle_id', 'document_id', 'section'])
    .merge(['mark_sealed']);
};

export const deleteMark = async (db: Db, place: MarkPlace): Promise<void> => {
  await db('heard_marks')
    .where({ ...place })
    .delete();
};

export const findMark = (db: Db, place: MarkPlace): Promise<MarkRow | undefined> =>
  db<MarkRow>('heard_marks')
    .where({ ...place })
    .first();

/** In an order that says nothing of when they were set. */
export const findMarksOfCircle = (db: Db, circle: CircleId): Promise<MarkRow[]> =>
  db<MarkRow>('heard_marks').where({ circle_id: circle }).orderBy(['document_id', 'section']);

export const findMarksOfDocuments = (db: Db, documents: readonly DocumentId[]): Promise<MarkRow[]> =>
  db<MarkRow>('heard_marks').whereIn('document_id', documents);

export const upsertSupport = async (db: Db, circle: CircleId, sealed: Uint8Array): Promise<void> => {
  await db('circle_supports')
    .insert({ circle_id: circle, support_sealed: sealed })
    .onConflict('circle_id')
    .merge();
};

export const deleteSupport = async (db: Db, circle: CircleId): Promise<void> => {
  await db('circle_supports').where({ circle_id: circle }).delete();
};

export const findSupport = async (db: Db, circle: CircleId): Promise<Uint8Array | null> =>
  (
    (await db('circle_supports').where({ circle_id: circle }).first('support_sealed')) as
      { support_sealed: Uint8Array } | undefined
  )?.support_sealed ?? null;
