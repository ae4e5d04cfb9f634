import type { CircleId, DocumentId, PartnerId, PartnershipId } from '@longtable/shared/ids';
import type { PartnerState } from '@longtable/shared/protocol/http/partners';
import type { Db } from '../../platform/deps.ts';
import type { Session } from '../people/people.service.ts';

export interface PartnerRow {
  id: PartnerId;
  partnership_id: PartnershipId;
  state: PartnerState;
  about_sealed: Uint8Array;
  statement_sealed: Uint8Array | null;
  code_hash: Buffer | null;
  /** Of the invitation that was answered: opens where the organisation waits, and nowhere else. */
  answered_code_hash: Buffer | null;
  /** Of the invitation; null once the organisation asks. */
  expires_on: string | null;
  session_id: Session['id'] | null;
  holder_id: Session['holderId'];
  circle_id: CircleId | null;
}

export interface AnswerRow {
  partner_id: PartnerId;
  circle_id: CircleId;
  answer_sealed: Uint8Array;
}

export const insertPartner = async (db: Db, row: PartnerRow): Promise<void> => {
  await db<PartnerRow>('partners').insert(row);
};

export const findPartner = (db: Db, id: PartnerId): Promise<PartnerRow | undefined> =>
  db<PartnerRow>('partners').where({ id }).first();

/** Held until the transaction ends: two last circles that agree at once make one seat. */
export const lockPartner = (trx: Db, id: PartnerId): Promise<PartnerRow | undefined> =>
  trx<PartnerRow>('partners').where({ id }).forUpdate().first();

/** By a code that still opens, or that was answered to; held until the transaction ends. */
export const lockPartnerByCode = (trx: Db, hash: Buffer, today: string): Promise<PartnerRow | undefined> =>
  trx<PartnerRow>('partners')
    .where((either) => void either.where({ code_hash: hash }).orWhere({ answered_code_hash: hash }))
    .andWhereRaw('(expires_on is null or expires_on >= ?)', [today])
    .forUpdate()
    .first();

/** In order of id, which says nothing of when they came. Invitations that ended unanswered are gone. */
export const findPartnersOfPartnership = (
  db: Db,
  partnership: PartnershipId,
  today: string,
): Promise<PartnerRow[]> =>
  db<PartnerRow>('partners')
    .where({ partnership_id: partnership })
    .andWhereRaw('(expires_on is null or expires_on >= ?)', [today])
    .orderBy('id');

/** What nobody has answered to in time opens nothing any more, and promises no place. */
export const deleteEnded = async (trx: Db, partnership: PartnershipId, today: string): Promise<void> => {
  await trx<PartnerRow>('partners')
    .where({ partnership_id: partnership })
    .andWhere('expires_on', '<', today)
    .delete();
};

export const findPartnersOfSession = (db: Db, session: Session['id']): Promise<PartnerRow[]> =>
  db<PartnerRow>('partners').where({ session_id: session }).orderBy('id');

export const updatePartner = async (
  db: Db,
  id: PartnerId,
  change: Partial<Omit<PartnerRow, 'id' | 'partnership_id' | 'about_sealed'>>,
): Promise<void> => {
  await db<PartnerRow>('partners').where({ id }).update(change);
};

export const deletePartner = async (db: Db, id: PartnerId): Promise<void> => {
  await db<PartnerRow>('partners').where({ id }).delete();
};

export const findAnswers = (db: Db, partners: readonly PartnerId[]): Promise<AnswerRow[]> =>
  db<AnswerRow>('partner_answers').whereIn('partner_id', partners);

/** In place of what the circle said before. */
export const putAnswer = async (trx: Db, row: AnswerRow): Promise<void> => {
  await trx<AnswerRow>('partner_answers').insert(row).onConflict(['partner_id', 'circle_id']).merge();
};

/** Any of the table's documents: whoever hears that one changed looks again at the whole table. */
export const findADocument = async (db: Db, partnership: PartnershipId): Promise<DocumentId | undefined> =>
  (
    (await db('documents').where({ partnership_id: partnership }).first('id')) as
      { id: DocumentId } | undefined
  )?.id;
