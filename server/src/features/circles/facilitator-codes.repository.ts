import type { PartnershipId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

export interface FacilitatorCodeRow {
  partnership_id: PartnershipId;
  code_hash: Buffer;
  expires_on: string;
}

/** Takes the place of any earlier one of the partnership, which opens nothing any more. */
export const putFacilitatorCode = async (db: Db, row: FacilitatorCodeRow): Promise<void> => {
  await db<FacilitatorCodeRow>('facilitator_codes').insert(row).onConflict('partnership_id').merge();
};

/** One statement, so that of however many who ask at once, one gets in. */
export const takeFacilitatorCode = async (
  db: Db,
  hash: Buffer,
  today: string,
): Promise<PartnershipId | undefined> =>
  (
    await db<FacilitatorCodeRow>('facilitator_codes')
      .where({ code_hash: hash })
      .andWhere('expires_on', '>=', today)
      .delete()
      .returning('partnership_id')
  )[0]?.partnership_id;
