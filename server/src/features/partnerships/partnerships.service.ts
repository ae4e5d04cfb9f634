import { randomUUID } from 'node:crypto';
import type { TemplateKey } from '@longtable/shared/documents/template';
import { LongtableError } from '@longtable/shared/errors';
import type { PartnershipId } from '@longtable/shared/ids';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import { findPartnership, insertPartnership, lockPartnership } from './partnerships.repository.ts';

export interface Partnership {
  id: PartnershipId;
  keyId: KeyId;
  title: string;
  template: TemplateKey;
  locales: Locale[];
}

const titleContext = (id: PartnershipId): SealContext => ({
  table: 'partnerships',
  column: 'title',
  row: id,
  audience: 'partnership',
});

/** `keyId` must already be durable: a key comes before the first row that needs it. */
export async function addPartnership(
  { keyring, clock }: Pick<Deps, 'keyring' | 'clock'>,
  trx: Db,
  keyId: KeyId,
  { title, template, locales }: Pick<StartPartnership, 'title' | 'template' | 'locales'>,
): Promise<PartnershipId> {
  const id = randomUUID() as PartnershipId;
  await insertPartnership(trx, {
    id,
    key_id: keyId,
    title_sealed: await keyring.seal(keyId, titleContext(id), Buffer.from(title)),
    template,
    locales: [...new Set(locales)],
    created_on: clock.today(),
  });
  return id;
}

/** @throws LongtableError notFound */
export async function readPartnership(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  id: PartnershipId,
): Promise<Partnership> {
  const row = await findPartnership(db, id);
  if (!row) throw new LongtableError('notFound');
  const title = await keyring.open(titleContext(id), row.title_sealed);
  return {
    id,
    keyId: row.key_id,
    title: title.toString('utf8'),
    template: row.template,
    locales: row.locales,
  };
}

/** As `readPartnership`; whoever else holds it so waits until the transaction ends. @throws LongtableError notFound */
export async function holdPartnership(trx: Db, keyring: Keyring, id: PartnershipId): Promise<Partnership> {
  await lockPartnership(trx, id);
  return readPartnership({ db: trx as Deps['db'], keyring }, id);
}
