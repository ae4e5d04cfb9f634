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
import { addCircle, circlesInOrder, readCircle } from '../circles/circles.service.ts';
import { holdPartnership } from '../partnerships/partnerships.service.ts';
import { addDays, type Seat } from '../people/people.service.ts';
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
import type { AnswerRow, PartnerRow } from './partners.repository.ts';

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
    if ((await circlesInOrder(trx, partnershipId)).length + promised >= MAX_CIRCLES)
      throw new LongtableError('tableFull');
    await repository.insertPartner(trx, {
      id,
      partnership_id: partnershipId,
      state: 'invited',
      about_sealed: await sealAbout(keyring, keyId, id, about),
      statement_sealed: null,
      code_hash: hashPartnerCode(keyring, code),
      expires_on: addDays(clock.today(), MAX_CODE_DAYS),
      session_id: null,
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
      own: own ? { answer: said?.answer ?? null, words: said?.words ?? null } : null,
    };
  });
  return { partners: await Promise.all(partners) };
}

/**
 * A circle says yes or not yet; whoever inside was last counts. With the last yes the organisation has a circle of
 * its own, and not before. @throws LongtableError notFound where the circle is not asked; notNow; tableFull
 */
export async function answerPartner(
  { db, keyring, bus }: Deps,
  { id, partnershipId }: { id: PartnerId; partnershipId: PartnershipId },
  seat: Seat,
  answer: AnswerPartner,
): Promise<void> {
  const circleId = seat.circleId;
  if (circleId === null) throw new LongtableError('notFound');
  // Durable before its first row, as every key is; it protects nothing where others have yet to agree.
  const spare = await keyring.createKey();
  let isUsed = false;
  try {
    await db.transaction(async (trx) => {
      await holdPartnership(trx, keyring, partnershipId);
      const row = await repository.lockPartner(trx, id);
      const asked = await repository.findAnswers(trx, [id]);
      const own = asked.find(({ circle_id }) => circle_id === circleId);
      if (!row || !own) throw new LongtableError('notFound');
      if (row.state !== 'asking') throw new LongtableError('notNow');
      const { keyId } = await readCircle(trx, circleId);
      const sealed = await sealAnswer(keyring, keyId, id, circleId, answer);
      await repository.setAnswer(trx, id, circleId, sealed);
      own.answer_sealed = sealed;
      isUsed = await haveAllAgreed({ keyring }, asked);
      if (isUsed) await makePlace(trx, { keyring }, row, spare);
    });
  } catch (error) {
    isUsed = false;
    throw error;
  } finally {
    if (!isUsed) await keyring.destroyKey(spare);
  }
  await announcePartners({ db, bus }, partnershipId, isUsed ? null : circleId);
}

async function haveAllAgreed(
  { keyring }: Pick<Deps, 'keyring'>,
  asked: readonly AnswerRow[],
): Promise<boolean> {
  const answers = await Promise.all(asked.map((row) => openAnswer(keyring, row)));
  return answers.every((said) => said?.answer === 'yes');
}

async function makePlace(
  trx: Db,
  { keyring }: Pick<Deps, 'keyring'>,
  row: PartnerRow,
  keyId: KeyId,
): Promise<void> {
  const labels = (await openStatement(keyring, row))?.is ?? [];
  const circle_id = await addCircle(trx, keyring, row.partnership_id, keyId, labels);
  await repository.updatePartner(trx, row.id, { state: 'agreed', circle_id });
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
