import { LongtableError } from '@longtable/shared/errors';
import type { PartnershipId, RoundId } from '@longtable/shared/ids';
import type { RoundState } from '@longtable/shared/rounds/round';
import type { Db, Deps } from '../../platform/deps.ts';
import type { SealContext } from '../../platform/keyring.ts';
import { type Document, readDocument } from '../documents/documents.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import { padded } from './padded.ts';
import * as repository from './rounds.repository.ts';
import type { RoundRow } from './rounds.repository.ts';

export interface Round {
  id: RoundId;
  document: Document;
  partnershipId: PartnershipId;
  openedOn: string;
  reviewMonths: number;
  state: RoundState;
}

/** What reading takes, inside a transaction and outside. */
export type Reading = Pick<Deps, 'keyring'> & { db: Db };

const stateContext = (id: RoundId): SealContext => ({
  table: 'rounds',
  column: 'state',
  row: id,
  audience: 'partnership',
});

/** A round, and whoever else holds it so waits until the transaction ends. @throws LongtableError notFound */
export async function holdRound(deps: Reading, id: RoundId): Promise<Round> {
  const row = await repository.lockRound(deps.db, id);
  if (!row) throw new LongtableError('notFound');
  return toRound(deps, row);
}

export async function toRound({ db, keyring }: Reading, row: RoundRow): Promise<Round> {
  const document = await readDocument(db, row.document_id);
  const state = JSON.parse(
    (await keyring.open(stateContext(row.id), row.state_sealed)).toString(),
  ) as RoundState;
  return {
    id: row.id,
    document,
    partnershipId: document.partnershipId,
    openedOn: row.opened_on,
    reviewMonths: row.review_months,
    state,
  };
}

/** As long with no answer as with all of them: an id, its position and its withdrawal take 90 bytes. */
const bytesFor = ({ electorate, sections }: RoundState): number =>
  1_024 + 48 * electorate.length + Object.keys(sections).length * (256 + 112 * electorate.length);

export async function sealState(
  { db, keyring }: Reading,
  id: RoundId,
  partnership: PartnershipId,
  state: RoundState,
): Promise<Buffer> {
  const { keyId } = await readPartnership({ db: db as Deps['db'], keyring }, partnership);
  return keyring.seal(keyId, stateContext(id), padded(state, bytesFor(state)));
}
