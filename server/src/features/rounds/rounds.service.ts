import { randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, DocumentId, PartnershipId, RoomId, RoundId } from '@longtable/shared/ids';
import { type Answer, CircleRule, type OpenRound } from '@longtable/shared/protocol/http/rounds';
import {
  happen,
  mayHappen,
  openRound as newRound,
  type RoundEvent,
  type RoundSection,
  type RoundState,
} from '@longtable/shared/rounds/round';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import { type Circle, circlesInOrder, readCircle } from '../circles/circles.service.ts';
import { type Document, holdDocument, readDocument } from '../documents/documents.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import { peopleOfCircle, type Seat, seatedCircles } from '../people/people.service.ts';
import { announceRooms, pinRooms, reopenRooms, roomsOfDocument } from '../rooms/rooms.service.ts';
import { nothingSaid, openSaid, positionOf, ruleContext, sealSaid, withAnswer } from './circle-answers.ts';
import { isHeardWhereAsked } from './heard.service.ts';
import * as repository from './rounds.repository.ts';
import type { RoundRow } from './rounds.repository.ts';
import { makeVersion, openVersion } from './versions.ts';

export interface Round {
  id: RoundId;
  document: Document;
  partnershipId: PartnershipId;
  openedOn: string;
  reviewMonths: number;
  state: RoundState;
}

type Reading = Pick<Deps, 'keyring'> & { db: Db };

const stateContext = (id: RoundId): SealContext => ({
  table: 'rounds',
  column: 'state',
  row: id,
  audience: 'partnership',
});

/** @throws LongtableError notFound */
export async function readRound(deps: Reading, id: RoundId): Promise<Round> {
  const row = await repository.findRound(deps.db, id);
  if (!row) throw new LongtableError('notFound');
  return toRound(deps, row);
}

async function toRound({ db, keyring }: Reading, row: RoundRow): Promise<Round> {
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

/** The newest first. */
export async function roundsOf(deps: Reading, document: DocumentId): Promise<Round[]> {
  return Promise.all(
    (await repository.findRoundsOfDocument(deps.db, document)).map((row) => toRound(deps, row)),
  );
}

/**
 * Puts sections before the circles that hold a seat now. Their words are pinned in the same transaction.
 * @throws LongtableError notFound for a section that is none, notNow where nobody sits or a section is in a round
 */
export async function openRound(
  deps: Deps,
  { id: documentId, kind }: Document,
  { sections, reviewMonths }: OpenRound,
): Promise<RoundId> {
  for (const section of sections) sectionOf(kind, section);
  await roomsOfDocument(deps, { id: documentId, kind }, null);
  const id = randomUUID() as RoundId;
  const opened = await withKeys(deps.keyring, sections.length, (keyIds) =>
    deps.db.transaction(async (trx) => {
      const document = await holdDocument(trx, documentId);
      const seated = await seatedCircles(trx, document.partnershipId);
      const electorate = (await circlesInOrder(trx, document.partnershipId)).filter((circle) =>
        seated.has(circle),
      );
      const taken = new Set(await repository.findSectionsInRounds(trx, documentId));
      if (electorate.length === 0 || sections.some((section) => taken.has(section)))
        throw new LongtableError('notNow');
      const pinned = await pinRooms({ trx, keyring: deps.keyring }, document, sections);
      await repository.insertRound(trx, {
        id,
        document_id: documentId,
        opened_on: deps.clock.today(),
        review_months: reviewMonths,
        state_sealed: await sealState(
          deps.keyring,
          trx,
          id,
          document.partnershipId,
          newRound(sections, electorate),
        ),
      });
      const places = pinned.map(({ section, roomId }) => ({ round_id: id, section, room_id: roomId }));
      await repository.insertSections(trx, places);
      const versions = pinned.map(({ section, content }, index) =>
        makeVersion(
          deps.keyring,
          keyIds[index]!,
          { round_id: id, section, number: 1, made_on: deps.clock.today() },
          content,
        ),
      );
      await repository.insertVersions(trx, await Promise.all(versions));
      return { document, rooms: pinned.map(({ roomId }) => roomId) };
    }),
  );
  announceRooms(deps, opened.rooms);
  announceStanding(deps, opened.document, null);
  return id;
}

/** Moves the conversation on, shows the answers there are, or ends the round. @throws LongtableError notFound, notNow */
export const moveRound = (
  deps: Deps,
  id: RoundId,
  event: Extract<RoundEvent, { type: 'move' | 'reveal' | 'close' }>,
): Promise<void> => letHappen(deps, id, async () => event);

/** Puts the words of a reopened section before the circles again, as they stand now. @throws LongtableError notFound, notNow */
export const repinSection = (deps: Deps, id: RoundId, section: string): Promise<void> =>
  withKeys(deps.keyring, 1, (keyIds) =>
    letHappen(deps, id, async (trx, round) => {
      const event = { type: 'repin', section } as const;
      if (!mayHappen(round.state, event)) throw new LongtableError('notNow');
      const [pinned] = await pinRooms({ trx, keyring: deps.keyring }, round.document, [section]);
      const place = {
        round_id: id,
        section,
        number: round.state.sections[section]!.version + 1,
        made_on: deps.clock.today(),
      };
      await repository.insertVersions(trx, [
        await makeVersion(deps.keyring, keyIds[0]!, place, pinned!.content),
      ]);
      return event;
    }),
  );

/**
 * A member answers. What counts for the circle follows from the circle's own rule; until it counts, nothing
 * happens that anyone outside could see.
 * @throws LongtableError notFound, notNow, notHeard
 */
export async function answerRound(
  deps: Deps,
  id: RoundId,
  section: string,
  seat: Seat,
  answer: Answer,
): Promise<void> {
  await letHappen(
    deps,
    id,
    async (trx, round) => {
      const circle = await circleOf(trx, seat);
      const here = round.state.sections[section];
      const { version, ...given } = answer;
      const event = { type: 'answer', section, circle: circle.id, position: given.position } as const;
      if (here?.version !== version || !mayHappen(round.state, event)) throw new LongtableError('notNow');
      const isYes = given.position !== 'objection';
      if (isYes && !(await isHeardWhereAsked(trx, deps.keyring, round.document, section, circle.id))) {
        throw new LongtableError('notHeard');
      }
      const reading = { ...deps, db: trx };
      const place = { round_id: id, section, version, circle_id: circle.id };
      const row = await repository.findAnswer(trx, place);
      const before = row && (await openSaid(deps.keyring, row));
      const isBegun = before !== undefined && Object.keys(before.answers).length > 0;
      const begun = isBegun
        ? before
        : { ...nothingSaid(await readRule(reading, circle.id)), withdrawnOn: before?.withdrawnOn ?? null };
      const members = (await peopleOfCircle(reading, circle.id, 'seated')).map(({ seatId }) => seatId);
      const said = withAnswer(begun, seat.id, given);
      said.on = here.isRevealed ? deps.clock.today() : null;
      await repository.upsertAnswer(trx, {
        ...place,
        said_sealed: await sealSaid(deps.keyring, circle.keyId, place, said),
      });
      const position = positionOf(said, members, here.answers[circle.id] !== undefined);
      return position && { ...event, position };
    },
    seat.circleId,
  );
}

/** Takes a circle's consent back, by any of its members. @throws LongtableError notFound, notNow */
export async function withdrawConsent(deps: Deps, id: RoundId, section: string, seat: Seat): Promise<void> {
  await letHappen(deps, id, async (trx, round) => {
    const circle = await circleOf(trx, seat);
    const event = { type: 'withdraw', section, circle: circle.id } as const;
    if (!mayHappen(round.state, event)) throw new LongtableError('notNow');
    const place = {
      round_id: id,
      section,
      version: round.state.sections[section]!.version,
      circle_id: circle.id,
    };
    const said = { ...nothingSaid('speaker'), withdrawnOn: deps.clock.today() };
    await repository.upsertAnswer(trx, {
      ...place,
      said_sealed: await sealSaid(deps.keyring, circle.keyId, place, said),
    });
    return event;
  });
}

/** The exact words before the circles, with what proves them. @throws LongtableError notFound */
export async function pinnedVersion(deps: Reading, round: Round, section: string) {
  const number = round.state.sections[section]?.version;
  const row =
    number === undefined ? undefined : await repository.findVersion(deps.db, round.id, section, number);
  if (!row) throw new LongtableError('notFound');
  return { ...(await openVersion(deps.keyring, row)), version: row.number, madeOn: row.made_on };
}

export async function readRule({ db, keyring }: Reading, circle: CircleId): Promise<CircleRule> {
  const sealed = await repository.findRule(db, circle);
  return sealed
    ? CircleRule.parse((await keyring.open(ruleContext(circle), sealed)).toString().trimEnd())
    : 'speaker';
}

/** Sealed at one length, so that its length does not tell which it is. */
export async function chooseRule({ db, keyring }: Deps, circle: Circle, rule: CircleRule): Promise<void> {
  await repository.upsertRule(
    db,
    circle.id,
    await keyring.seal(circle.keyId, ruleContext(circle.id), Buffer.from(rule.padEnd(8))),
  );
}

/**
 * Lets one event happen, under the round's lock, with all that follows from it. `decide` may do what belongs
 * to it in the same transaction; where it gives none, what it did stays inside `circle`.
 */
async function letHappen(
  deps: Deps,
  id: RoundId,
  decide: (trx: Db, round: Round) => Promise<RoundEvent | null>,
  circle: CircleId | null = null,
): Promise<void> {
  const { document, rooms, isSeen } = await deps.db.transaction(async (trx) => {
    const row = await repository.lockRound(trx, id);
    if (!row) throw new LongtableError('notFound');
    const round = await toRound({ db: trx, keyring: deps.keyring }, row);
    const event = await decide(trx, round);
    if (!event) return { document: round.document, rooms: [], isSeen: false };
    if (!mayHappen(round.state, event)) throw new LongtableError('notNow');
    const after = happen(round.state, event);
    await repository.updateRound(trx, id, {
      is_closed: after.isClosed,
      state_sealed: await sealState(deps.keyring, trx, id, round.partnershipId, after),
    });
    const changed = await follow(deps, trx, round, after);
    // A sealed answer is nobody's to notice.
    const isSeen = event.type !== 'answer' || after.sections[event.section]!.isRevealed;
    return { document: round.document, rooms: changed, isSeen };
  });
  announceRooms(deps, rooms);
  announceStanding(deps, document, isSeen ? null : circle);
}

/** Days and rooms after an event. Gives the rooms in which the right to write changed. */
async function follow(
  { clock }: Deps,
  trx: Db,
  { id, state: before, reviewMonths }: Round,
  after: RoundState,
): Promise<RoomId[]> {
  const rooms = new Map((await repository.findSections(trx, id)).map((row) => [row.section, row.room_id]));
  const isEnding = after.isClosed && !before.isClosed;
  const freed: RoomId[] = [];
  const pinned: RoomId[] = [];
  for (const [section, now] of Object.entries(after.sections)) {
    const was = before.sections[section]!;
    const room = rooms.get(section)!;
    const isSettled = now.status !== was.status && (now.status === 'agreed' || now.status === 'reopened');
    // Once a round has ended, another one may hold the same words: this one has no say any more.
    if (!before.isClosed && (isSettled || (isEnding && isHeld(now)))) freed.push(room);
    if (now.version > was.version) pinned.push(room);
    if (now.status === 'agreed' && was.status !== 'agreed') {
      const agreed_on = clock.today();
      await repository.updateSection(trx, id, section, {
        agreed_on,
        review_on: addMonths(agreed_on, reviewMonths),
      });
    }
    if (now.status !== 'agreed' && was.status === 'agreed') {
      await repository.updateSection(trx, id, section, { agreed_on: null, review_on: null });
    }
    // What was never shown is shown to nobody later.
    if (isEnding && now.status === 'pinned') await repository.deleteAnswers(trx, id, section);
  }
  if (freed.length > 0) await reopenRooms(trx, freed);
  return [...freed, ...pinned];
}

/** Its words may be read-only for the sake of this round. */
const isHeld = ({ status }: RoundSection): boolean => status === 'pinned' || status === 'waiting';

/** The last day of the month where the day does not exist there. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** A member's circle. Whether it is asked is for the round to say. @throws LongtableError notFound */
async function circleOf(trx: Db, seat: Seat): Promise<Circle> {
  if (seat.circleId === null) throw new LongtableError('notFound');
  return readCircle(trx, seat.circleId);
}

async function sealState(
  keyring: Keyring,
  trx: Db,
  id: RoundId,
  partnership: PartnershipId,
  state: RoundState,
): Promise<Buffer> {
  const { keyId } = await readPartnership({ db: trx as Deps['db'], keyring }, partnership);
  return keyring.seal(keyId, stateContext(id), Buffer.from(JSON.stringify(state)));
}

/** Keys are durable before their first row; those of an attempt that failed protect nothing. */
async function withKeys<Result>(
  keyring: Keyring,
  count: number,
  use: (keyIds: KeyId[]) => Promise<Result>,
): Promise<Result> {
  const keyIds = await Promise.all(Array.from({ length: count }, () => keyring.createKey()));
  try {
    return await use(keyIds);
  } catch (error) {
    await Promise.all(keyIds.map((keyId) => keyring.destroyKey(keyId)));
    throw error;
  }
}

const announceStanding = ({ bus }: Deps, { id, partnershipId }: Document, circleId: CircleId | null): void =>
  bus.publish({ kind: 'standing', partnershipId, circleId, documentId: id });
