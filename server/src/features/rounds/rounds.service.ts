import { randomUUID } from 'node:crypto';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId, RoundId } from '@longtable/shared/ids';
import type { OpenRound } from '@longtable/shared/protocol/http/rounds';
import {
  isFree,
  isOver,
  mayHappen,
  openRound as newRound,
  type RoundEvent,
} from '@longtable/shared/rounds/round';
import type { Db, Deps } from '../../platform/deps.ts';
import { withSpareKeys } from '../../platform/spare-keys.ts';
import { circlesInOrder } from '../circles/circles.service.ts';
import { type Document, holdDocument } from '../documents/documents.service.ts';
import { seatedCircles } from '../people/people.service.ts';
import { announceRooms, pinRooms, roomsOfDocument } from '../rooms/rooms.service.ts';
import { recounts } from './counting.ts';
import { announceStanding, applyEvents, letHappen } from './round-events.ts';
import { holdRound, type Reading, type Round, sealState, toRound } from './round-state.ts';
import * as repository from './rounds.repository.ts';
import { makeVersion, openVersion } from './versions.ts';

/** @throws LongtableError notFound */
export async function readRound(deps: Reading, id: RoundId): Promise<Round> {
  const row = await repository.findRound(deps.db, id);
  if (!row) throw new LongtableError('notFound');
  return toRound(deps, row);
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
  const { keyring, clock } = deps;
  const id = randomUUID() as RoundId;
  const opened = await withSpareKeys(keyring, sections.length, (takeKey) =>
    deps.db.transaction(async (trx) => {
      const document = await holdDocument(trx, documentId);
      const { partnershipId } = document;
      const seated = await seatedCircles(trx, partnershipId);
      const electorate = (await circlesInOrder(trx, partnershipId)).filter((circle) => seated.has(circle));
      if (electorate.length === 0) throw new LongtableError('notNow');
      await takeOver(deps, trx, documentId, sections);
      const pinned = await pinRooms({ trx, keyring }, document, sections);
      const state = newRound(sections, electorate);
      await repository.insertRound(trx, {
        id,
        document_id: documentId,
        opened_on: clock.today(),
        review_months: reviewMonths,
        state_sealed: await sealState({ db: trx, keyring }, id, partnershipId, state),
      });
      const places = pinned.map(({ section, roomId }) => ({ round_id: id, section, room_id: roomId }));
      await repository.insertSections(trx, places);
      const versions = pinned.map(({ section, content }) =>
        makeVersion(
          keyring,
          takeKey(),
          { round_id: id, section, number: 1, made_on: clock.today() },
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

/**
 * Takes sections out of the rounds that are still running where those have no more to ask about them, so that a new
 * round may. @throws LongtableError notNow where one of them works on a section
 */
async function takeOver(
  deps: Deps,
  trx: Db,
  document: DocumentId,
  sections: readonly string[],
): Promise<void> {
  for (const id of await repository.findOpenRounds(trx, document)) {
    const round = await holdRound({ db: trx, keyring: deps.keyring }, id);
    const here = sections.filter((section) => !isOver(round.state, section));
    if (here.some((section) => !isFree(round.state, section))) throw new LongtableError('notNow');
    if (here.length > 0)
      await applyEvents(
        deps,
        trx,
        round,
        here.map((section) => ({ type: 'release', section })),
      );
  }
}

/**
 * Moves the conversation on, takes a section out of the round, or ends it.
 * @throws LongtableError notFound, notNow
 */
export const moveRound = (
  deps: Deps,
  id: RoundId,
  event: Extract<RoundEvent, { type: 'move' | 'release' | 'close' }>,
): Promise<void> => letHappen(deps, id, async () => [event]);

/** Shows the answers there are, as they count for whoever sits in the circles now. @throws LongtableError notFound, notNow */
export const revealSection = (deps: Deps, id: RoundId, section: string): Promise<void> =>
  letHappen(deps, id, async (trx, round) => {
    const event = { type: 'reveal', section } as const;
    if (!mayHappen(round.state, event)) throw new LongtableError('notNow');
    return [...(await recounts({ db: trx, keyring: deps.keyring }, round, section)), event];
  });

/** Puts the words of a reopened section before the circles again, as they stand now. @throws LongtableError notFound, notNow */
export const repinSection = (deps: Deps, id: RoundId, section: string): Promise<void> =>
  withSpareKeys(deps.keyring, 1, (takeKey) =>
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
        await makeVersion(deps.keyring, takeKey(), place, pinned!.content),
      ]);
      return [event];
    }),
  );

/** The exact words before the circles, with what proves them. @throws LongtableError notFound */
export async function pinnedVersion(deps: Reading, round: Round, section: string) {
  const number = round.state.sections[section]?.version;
  const row =
    number === undefined ? undefined : await repository.findVersion(deps.db, round.id, section, number);
  if (!row) throw new LongtableError('notFound');
  return { ...(await openVersion(deps.keyring, row)), version: row.number, madeOn: row.made_on };
}

/** What a pinned version says, words that were taken back since included. @throws LongtableError notFound */
export const pinnedContent = async (deps: Reading, round: Round, section: string) =>
  JSON.parse((await pinnedVersion(deps, round, section)).bytes.toString('utf8')) as CanonicalSection;
