import type { PartnershipId } from '@longtable/shared/ids';
import type { Place } from '@longtable/shared/protocol/http/here';
import type { Db } from '../../platform/deps.ts';

interface HereRow {
  partnership_id: PartnershipId;
  document_id: Place['documentId'];
  section: string;
}

export const upsertHere = async (
  db: Db,
  partnership: PartnershipId,
  { documentId, section }: Place,
): Promise<void> => {
  await db<HereRow>('partnership_here')
    .insert({ partnership_id: partnership, document_id: documentId, section })
    .onConflict('partnership_id')
    .merge();
};

export const findHere = async (db: Db, partnership: PartnershipId): Promise<Place | null> => {
  const row = await db<HereRow>('partnership_here').where({ partnership_id: partnership }).first();
  return row ? { documentId: row.document_id, section: row.section } : null;
};
