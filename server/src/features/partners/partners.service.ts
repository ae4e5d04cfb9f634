import { randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, PartnerId, PartnershipId } from '@longtable/shared/ids';
import { MAX_CIRCLES, MAX_CODE_DAYS } from '@longtable/shared/limits';
import type {
  AnswerPartner,
  InvitedPartner,
  InvitePartner,
  Partner,
  PartnerList,
} from '@longtable/shared/protocol/http/partners';
import { showCodeText } from '../../platform/code-text.ts';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';
import { withSpareKeys } from '../../platform/spare-keys.ts';
import {
  addPromisedCircle,
  circlesToCome,
  countEnded,
  countPlaces,
  readCircle,
} from '../circles/circles.service.ts';
import { isComplete } from '../circles/facilitator-call.service.ts';
import { holdPartnership } from '../partnerships/partnerships.service.ts';
import { addDays, type Seat, seatedCircles } from '../people/people.service.ts';
import {
  hashPartnerCode,
  newPartnerCode,
  openAbout,
  openAnswer,
  openStatement,
  sealAbout,
  sealAnswer,
} from './partner-record.ts';
import * as repository from './partners.repository.ts';
import type { PartnerRow } from './partners.repository.ts';

/** @throws LongtableError notFound */
export async function readPartner(
  db: Db,
  id: PartnerId,
): Promise<{ id: PartnerId; partnershipId: PartnershipId }> {
  const row = await repository.findPartner(db, id);
  if (!row) throw new LongtableError('notFound');
  return { id, partnershipId: row.partnership_id };
}

/** A place at the table is promised with the invitation. The code itself is not kept. @throws LongtableError tableFull */
export async function invitePartner(
  { db, env, keyring, clock, bus }: Deps,
  partnershipId: PartnershipId,
  about: InvitePartner,
): Promise<InvitedPartner> {
  const id = randomUUID() as PartnerId;
  const code = newPartnerCode();
  await db.transaction(async (trx) => {
    const { keyId } = await holdPartnership(trx, keyring, partnershipId);
    await repository.deleteEnded(trx, partnershipId, clock.today());
    const others = await repository.findPartnersOfPartnership(trx, partnershipId, clock.today());
    const promised = others.filter(({ state }) => state !== 'agreed').length;
    if ((await countPlaces(trx, partnershipId)) + promised >= MAX_CIRCLES)
      throw new LongtableError('tableFull');
    await repository.insertPartner(trx, {
      id,
      partnership_id: partnershipId,
      state: 'invited',
      about_sealed: await sealAbout(keyring, keyId, id, about),
      statement_sealed: null,
      code_hash: hashPartnerCode(keyring, code),
      expires_on: addDays(clock.today(), MAX_CODE_DAYS),
      answered_code_hash: null,
      session_id: null,
      holder_id: null,
      circle_id: null,
    });
  });
  await announcePartners({ db, bus }, partnershipId, null);
  return { partnerId: id, code: showCodeText(code), url: `${env.publicUrl}/invited#${code}` };
}

/** Its code opens nothing any more. @throws LongtableError notFound; notNow where it asks and may not be ended, or sits */
export async function takeBackInvitation(
  { db, bus }: Deps,
  id: PartnerId,
  mayEndAsking: boolean,
): Promise<void> {
  const partnership = await db.transaction(async (trx) => {
    const row = await repository.lockPartner(trx, id);
    if (!row) throw new LongtableError('notFound');
    if (row.state === 'agreed' || (row.state === 'asking' && !mayEndAsking))
      throw new LongtableError('notNow');
    await repository.deletePartner(trx, id);
    return row.partnership_id;
  });
  await announcePartners({ db, bus }, partnership, null);
}

/** As one seat may see them: of the circles' answers its own circle's, and otherwise only whether all have agreed. */
export async function listPartners(
  { db, keyring, clock }: Pick<Deps, 'db' | 'keyring' | 'clock'>,
  seat: Seat,
): Promise<PartnerList> {
  const rows = await repository.findPartnersOfPartnership(db, seat.partnershipId, clock.today());
  const answers = await repository.findAnswers(
    db,
    rows.map(({ id }) => id),
  );
  const partners = rows.map(async (row): Promise<Partner> => {
    const own = answers.find(
      ({ partner_id, circle_id }) => partner_id === row.id && circle_id === seat.circleId,
    );
    const said = own && (await openAnswer(keyring, own));
    return {
      id: row.id,
      name: (await openAbout(keyring, row)).name,
      state: row.state,
      statement: await openStatement(keyring, row),
      circleId: row.circle_id,
      own:
        seat.circleId !== null && row.state === 'asking'
          ? { answer: said?.answer ?? null, words: said?.words ?? null }
          : null,
    };
  });
  return { partners: await Promise.all(partners) };
}

/**
 * A circle says yes or not yet; whoever inside was last counts. With the last yes the organisation has a circle of
 * its own, and not before. Who must agree is fixed by that yes: a circle that was founded since the asking is asked
 * too, because it is no less at the table. @throws LongtableError notFound; notNow; tableFull
 */
export async function answerPartner(
  { db, keyring, bus }: Deps,
  { id, partnershipId }: { id: PartnerId; partnershipId: PartnershipId },
  seat: Seat,
  answer: AnswerPartner,
): Promise<void> {
  const circleId = seat.circleId;
  if (circleId === null) throw new LongtableError('notFound');
  const isAgreed = await withSpareKeys(keyring, 1, (takeKey) =>
    db.transaction(async (trx) => {
      await holdPartnership(trx, keyring, partnershipId);
      const row = await repository.lockPartner(trx, id);
      if (!row) throw new LongtableError('notFound');
      if (row.state !== 'asking') throw new LongtableError('notNow');
      const { keyId } = await readCircle(trx, circleId);
      const answer_sealed = await sealAnswer(keyring, keyId, id, circleId, answer);
      await repository.putAnswer(trx, { partner_id: id, circle_id: circleId, answer_sealed });
      return makePlaceIfAgreed(trx, { keyring }, row, takeKey);
    }),
  );
  await announcePartners({ db, bus }, partnershipId, isAgreed ? null : circleId);
}

/**
 * Looks again at what waits where a circle has ended: it may have been the last without a yes. For whoever reads the
 * list: what cannot be done now can be done when it is read next.
 */
export async function settlePartners(deps: Deps, partnershipId: PartnershipId): Promise<void> {
  const { db, bus, clock, keyring, logger } = deps;
  try {
    if ((await countEnded(db, partnershipId)) === 0) return;
    for (const row of await repository.findPartnersOfPartnership(db, partnershipId, clock.today())) {
      if (row.state !== 'asking' || !(await haveAllAgreed(db, { keyring }, row))) continue;
      const isAgreed = await withSpareKeys(keyring, 1, (takeKey) =>
        db.transaction(async (trx) => {
          await holdPartnership(trx, keyring, partnershipId);
          const held = await repository.lockPartner(trx, row.id);
          return held?.state === 'asking' && makePlaceIfAgreed(trx, { keyring }, held, takeKey);
        }),
      );
      if (isAgreed) await announcePartners({ db, bus }, partnershipId, null);
    }
  } catch (error) {
    logger.error({ err: error }, 'what waits for a seat could not be looked at again');
  }
}

/**
 * Every circle that sits; one alone only at a table that was made for one. One that everybody has left is waited for
 * like any other (docs/decisions/0008): else clearing a phone would take back a "not yet", and a circle that says yes
 * again and again would learn the minute at which the last person of another went.
 */
async function haveAllAgreed(
  db: Db,
  { keyring }: Pick<Deps, 'keyring'>,
  { id, partnership_id }: PartnerRow,
): Promise<boolean> {
  const agreeing = new Set<CircleId>();
  for (const row of await repository.findAnswers(db, [id]))
    if ((await openAnswer(keyring, row)).answer === 'yes') agreeing.add(row.circle_id);
  const asked = await seatedCircles(db, partnership_id);
  const toCome = await circlesToCome(db, partnership_id, asked);
  return isComplete(asked.size + toCome.length, asked, agreeing);
}

/** Only while the partnership is held. @returns whether it is @throws LongtableError tableFull */
async function makePlaceIfAgreed(
  trx: Db,
  { keyring }: Pick<Deps, 'keyring'>,
  row: PartnerRow,
  takeKey: () => KeyId,
): Promise<boolean> {
  if (!(await haveAllAgreed(trx, { keyring }, row))) return false;
  const labels = (await openStatement(keyring, row))?.is ?? [];
  const circle_id = await addPromisedCircle(trx, keyring, row.partnership_id, takeKey(), labels);
  await repository.updatePartner(trx, row.id, { state: 'agreed', circle_id });
  return true;
}

/** Tells the table, or one circle, to look again. */
export async function announcePartners(
  { db, bus }: Pick<Deps, 'db' | 'bus'>,
  partnershipId: PartnershipId,
  circleId: CircleId | null,
): Promise<void> {
  const documentId = await repository.findADocument(db, partnershipId);
  if (documentId) bus.publish({ kind: 'standing', partnershipId, circleId, documentId });
}
