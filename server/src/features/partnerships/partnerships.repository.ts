import type { TemplateKey } from '@longtable/shared/documents/template';
import type { PartnershipId } from '@longtable/shared/ids';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';

export interface PartnershipRow {
  id: PartnershipId;
  key_id: KeyId;
  title_sealed: Uint8Array;
  template: TemplateKey;
  locales: Locale[];
  created_on: string;
}

export const insertPartnership = async (db: Db, row: PartnershipRow): Promise<void> => {
  await db<PartnershipRow>('partnerships').insert(row);
};

export const findPartnership = (db: Db, id: PartnershipId): Promise<PartnershipRow | undefined> =>
  db<PartnershipRow>('partnerships').where({ id }).first();

/** Held until the transaction ends: who adds circles, or promises a place, does so one after the other. */
export const lockPartnership = (trx: Db, id: PartnershipId): Promise<PartnershipRow | undefined> =>
  trx<PartnershipRow>('partnerships').where({ id }).forNoKeyUpdate().first();
