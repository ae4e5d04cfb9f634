import type { DocumentKind } from '@longtable/shared/documents/template';
import type { DocumentId, PartnershipId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

export interface DocumentRow {
  id: DocumentId;
  partnership_id: PartnershipId;
  kind: DocumentKind;
}

export const insertDocuments = async (db: Db, rows: DocumentRow[]): Promise<void> => {
  await db<DocumentRow>('documents').insert(rows);
};

export const findDocument = (db: Db, id: DocumentId): Promise<DocumentRow | undefined> =>
  db<DocumentRow>('documents').where({ id }).first();

/** Held until the transaction ends. */
export const lockDocument = (trx: Db, id: DocumentId): Promise<DocumentRow | undefined> =>
  trx<DocumentRow>('documents').where({ id }).forUpdate().first();

export const findDocumentsOfPartnership = (db: Db, partnership: PartnershipId): Promise<DocumentRow[]> =>
  db<DocumentRow>('documents').where({ partnership_id: partnership });

/** A name that another document has already is refused by its primary key. */
export const insertNames = async (
  db: Db,
  names: readonly { name: string; document_id: DocumentId }[],
): Promise<void> => {
  await db('document_names').insert(names);
};

export const findNamed = async (db: Db, name: string): Promise<DocumentId | undefined> =>
  (
    (await db('document_names').where({ name }).first('document_id')) as
      { document_id: DocumentId } | undefined
  )?.document_id;
