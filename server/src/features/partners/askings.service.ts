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
import type { MakeSession } from '../people/device.service.ts';
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

/**
 * The invitation behind a code; one that was answered comes to the device that asks. The device has its session from
 * here on, so that it can be known again where the answer to what it sends next is lost. @throws LongtableError codeUnknown
 */
export const openAsking = (
  deps: Deps,
  code: string,
  who: Session | null,
  makeSession: MakeSession,
): Promise<Asking> =>
  deps.db.transaction(async (trx) => {
    const row = await byCode(deps, trx, code, who);
    const isForLater = row.state === 'invited';
    const session = await makeSession(trx, { isForLater });
    if (!isForLater) await repository.updatePartner(trx, row.id, waitingAt(session));
    return toAsking(deps, row);
  });

export async function askingsOf(deps: Pick<Deps, 'db' | 'keyring'>, session: Session): Promise<AskingList> {
  const rows = await repository.findPartnersOfSession(deps.db, session.id);
  const own = rows.filter((row) => isWaitingHere(session, heldBy(row)));
  return { askings: await Promise.all(own.map((row) => toAsking(deps, row))) };
}

/**
 * Sent again from where it waits, because the answer was lost, it stays as it was said first: circles may have read
 * it. The way back is made anew then, and the one that nobody saw opens nothing.
 * @throws LongtableError codeUnknown; notNow where it was sent before from elsewhere, or nobody sits yet who could be asked
 */
export async function sendStatement(
  deps: Deps,
  { code, statement }: SendStatement,
  who: Session | null,
  makeSession: MakeSession,
): Promise<SentStatement> {
  const { db, env, keyring, bus } = deps;
  const wayBack = newPartnerCode();
  const row = await db.transaction(async (trx) => {
    const found = await byCode(deps, trx, code, who);
    if (found.state === 'asking' && isWaitingHere(who, heldBy(found))) {
      await repository.updatePartner(trx, found.id, { code_hash: hashPartnerCode(keyring, wayBack) });
      return found;
    }
    const asked = await seatedCircles(trx, found.partnership_id);
    if (found.state !== 'invited' || asked.size === 0) throw new LongtableError('notNow');
    const { keyId } = await readPartnership({ db: trx as Deps['db'], keyring }, found.partnership_id);
    const session = await makeSession(trx);
    await repository.updatePartner(trx, found.id, {
      state: 'asking',
      statement_sealed: await sealStatement(keyring, keyId, found.id, statement),
      code_hash: hashPartnerCode(keyring, wayBack),
      answered_code_hash: found.code_hash,
      expires_on: null,
      ...waitingAt(session),
    });
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
    await repository.updatePartner(trx, id, {
      code_hash: null,
      answered_code_hash: null,
      session_id: null,
      holder_id: null,
    });
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

/** An invitation's code that was answered to is one more name for what waits here; anywhere else it is none. */
async function byCode(
  { keyring, clock }: Deps,
  trx: Db,
  typed: string,
  who: Session | null,
): Promise<PartnerRow> {
  const hash = hashPartnerCode(keyring, typed);
  const row = hash && (await repository.lockPartnerByCode(trx, hash, clock.today()));
  if (!row || (!isCurrent(row, hash) && !isWaitingHere(who, heldBy(row))))
    throw new LongtableError('codeUnknown');
  return row;
}

async function waitingHere(trx: Db, session: Session, id: PartnerId): Promise<PartnerRow> {
  const row = await repository.lockPartner(trx, id);
  if (!row || !isWaitingHere(session, heldBy(row))) throw new LongtableError('notFound');
  return row;
}

const isCurrent = ({ code_hash }: PartnerRow, hash: Buffer) => code_hash !== null && hash.equals(code_hash);

const heldBy = ({ session_id, holder_id }: PartnerRow) => ({ sessionId: session_id, holderId: holder_id });

const waitingAt = ({ id, holderId }: Session) => ({ session_id: id, holder_id: holderId });

async function toAsking({ keyring }: Pick<Deps, 'keyring'>, row: PartnerRow): Promise<Asking> {
  const { name, locale } = await openAbout(keyring, row);
  return { partnerId: row.id, name, locale, state: row.state, statement: await openStatement(keyring, row) };
}
