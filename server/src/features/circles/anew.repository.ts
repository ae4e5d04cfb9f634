import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

/** Open until it is answered; one whose circle has ended is gone. */
export interface AskRow {
  circle_id: CircleId;
  /** Since all others agree: when the server may look whether anybody is left. */
  looks_from_ms: number | null;
  answered_on: string | null;
}

interface AgreementRow {
  about_id: CircleId;
  circle_id: CircleId;
}

export const findAsks = (db: Db, partnership: PartnershipId): Promise<AskRow[]> =>
  db<AskRow>('anew_asks')
    .whereIn('circle_id', db('circles').where({ partnership_id: partnership }).select('id'))
    .orderBy('circle_id');

/** One that is there stays as it is, with who agrees. */
export const putAsk = async (trx: Db, circle: CircleId): Promise<void> => {
  await trx<AskRow>('anew_asks')
    .insert({ circle_id: circle, looks_from_ms: null, answered_on: null })
    .onConflict('circle_id')
    .ignore();
};

export const setLooksFrom = async (
  trx: Db,
  circle: CircleId,
  looks_from_ms: number | null,
): Promise<void> => {
  await trx<AskRow>('anew_asks').where({ circle_id: circle }).update({ looks_from_ms });
};

/** Who had agreed is forgotten. */
export const setAnswered = async (trx: Db, circle: CircleId, today: string): Promise<void> => {
  await trx<AgreementRow>('anew_agreements').where({ about_id: circle }).delete();
  await trx<AskRow>('anew_asks')
    .where({ circle_id: circle, answered_on: null })
    .update({ looks_from_ms: null, answered_on: today });
};

export const deleteOpenAsk = async (db: Db, circle: CircleId): Promise<void> => {
  await db<AskRow>('anew_asks').where({ circle_id: circle, answered_on: null }).delete();
};

export const deleteAnsweredBefore = async (
  trx: Db,
  circles: readonly CircleId[],
  today: string,
): Promise<void> => {
  await trx<AskRow>('anew_asks').whereIn('circle_id', circles).where('answered_on', '<', today).delete();
};

export const findAgreements = (db: Db, about: readonly CircleId[]): Promise<AgreementRow[]> =>
  db<AgreementRow>('anew_agreements').whereIn('about_id', about);

/** @returns whether it had not been said before */
export const putAgreement = async (trx: Db, row: AgreementRow): Promise<boolean> =>
  (
    await trx<AgreementRow>('anew_agreements')
      .insert(row)
      .onConflict(['about_id', 'circle_id'])
      .ignore()
      .returning('about_id')
  ).length > 0;

export const deleteAgreement = async (trx: Db, row: AgreementRow): Promise<void> => {
  await trx<AgreementRow>('anew_agreements').where(row).delete();
};

/** It opens nothing and is asked nothing any more; its words stay sealed as they are. */
export const endCircle = async (trx: Db, circle: CircleId): Promise<void> => {
  await trx('circles').where({ id: circle }).update({ is_ended: true });
  for (const table of ['codes', 'facilitator_calls', 'anew_asks', 'anew_agreements'])
    await trx(table).where({ circle_id: circle }).delete();
};
