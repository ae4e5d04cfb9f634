import { LongtableError } from '@longtable/shared/errors';
import type { PartnerId, SeatId } from '@longtable/shared/ids';
import type {
  Asking,
  AskingList,
  SendStatement,
  SentStatement,
} from '@longtable/shared/protocol/http/partners';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { showCodeText } from '../../platform/code-text.ts';
import type { Db, Deps } from '../../platform/deps.ts';
import { sitFirst } from '../circles/doors.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import { seatedCircles, type Session } from '../people/people.service.ts';
import {
  hashPartnerCode,
  newPartnerCode,
  openAbout,
  openStatement,
  sealStatement,
} from './partner-record.ts';
import { isWaitingHere } from './partners.policy.ts';
import * as repository from './partners.repository.ts';
import type { PartnerRow } from './partners.repository.ts';
import { announcePartners } from './partners.service.ts';

/** The organisation's side: until it sits, nothing here tells it anything of the table. */

type MakeSession = (trx: Db) => Promise<Session>;

/** The invitation behind a code; one that was answered comes to the device that asks. @throws LongtableError codeUnknown */
export const openAsking = (deps: Deps, code: string, makeSession: MakeSession): Promise<Asking> =>
  deps.db.transaction(async (trx) => {
    const row = await byCode(deps, trx, code);
    if (row.state !== 'invited') {
      const session = await makeSession(trx);
      await repository.updatePartner(trx, row.id, { session_id: session.id });
    }
    return toAsking(deps, row);
  });

export async function askingsOf(deps: Pick<Deps, 'db' | 'keyring'>, session: Session): Promise<AskingList> {
  const rows = await repository.findPartnersOfSession(deps.db, session.id);
  return { askings: await Promise.all(rows.map((row) => toAsking(deps, row))) };
}

/**
 * Who must agree is fixed now: every circle in which somebody sits.
 * @throws LongtableError codeUnknown; notNow where it was sent before, or nobody sits yet who could be asked
 */
export async function sendStatement(
  deps: Deps,
  { code, statement }: SendStatement,
  makeSession: MakeSession,
): Promise<SentStatement> {
  const { db, env, keyring, bus } = deps;
  const wayBack = newPartnerCode();
  const row = await db.transaction(async (trx) => {
    const found = await byCode(deps, trx, code);
    const asked = await seatedCircles(trx, found.partnership_id);
    if (found.state !== 'invited' || asked.size === 0) throw new LongtableError('notNow');
    const { keyId } = await readPartnership({ db: trx as Deps['db'], keyring }, found.partnership_id);
    const session = await makeSession(trx);
    await repository.updatePartner(trx, found.id, {
      state: 'asking',
      statement_sealed: await sealStatement(keyring, keyId, found.id, statement),
      code_hash: hashPartnerCode(keyring, wayBack),
      expires_on: null,
      session_id: session.id,
    });
    await repository.insertAsked(trx, found.id, [...asked]);
    return found;
  });
  await announcePartners({ db, bus }, row.partnership_id, null);
  return { partnerId: row.id, code: showCodeText(wayBack), url: `${env.publicUrl}/invited#${wayBack}` };
}

/** The first seat of the organisation's own circle. @throws LongtableError notFound, notNow while not all have agreed */
export async function sitDown(deps: Deps, session: Session, id: PartnerId, handle: Handle): Promise<SeatId> {
  const { seatId, partnership } = await deps.db.transaction(async (trx) => {
    const row = await waitingHere(trx, session, id);
    if (row.state !== 'agreed' || row.circle_id === null) throw new LongtableError('notNow');
    const seat = await sitFirst(deps, trx, session, row.circle_id, handle);
    await repository.updatePartner(trx, id, { code_hash: null, session_id: null });
    return { seatId: seat, partnership: row.partnership_id };
  });
  await announcePartners(deps, partnership, null);
  return seatId;
}

/** Takes the asking back, with every word of it. @throws LongtableError notFound, notNow once all have agreed */
export async function withdrawAsking(deps: Deps, session: Session, id: PartnerId): Promise<void> {
  const partnership = await deps.db.transaction(async (trx) => {
    const row = await waitingHere(trx, session, id);
    if (row.state === 'agreed') throw new LongtableError('notNow');
    await repository.deletePartner(trx, id);
    return row.partnership_id;
  });
  await announcePartners(deps, partnership, null);
}

async function byCode({ keyring, clock }: Deps, trx: Db, typed: string): Promise<PartnerRow> {
  const hash = hashPartnerCode(keyring, typed);
  const row = hash && (await repository.lockPartnerByCode(trx, hash, clock.today()));
  if (!row) throw new LongtableError('codeUnknown');
  return row;
}

async function waitingHere(trx: Db, session: Session, id: PartnerId): Promise<PartnerRow> {
  const row = await repository.lockPartner(trx, id);
  if (!row || !isWaitingHere(session, { sessionId: row.session_id })) throw new LongtableError('notFound');
  return row;
}

async function toAsking({ keyring }: Pick<Deps, 'keyring'>, row: PartnerRow): Promise<Asking> {
  const { name, locale } = await openAbout(keyring, row);
  return { partnerId: row.id, name, locale, state: row.state, statement: await openStatement(keyring, row) };
}
