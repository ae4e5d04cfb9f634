import { randomUUID } from 'node:crypto';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId, RoundId } from '@longtable/shared/ids';
import type { OpenRound } from '@longtable/shared/protocol/http/rounds';
import { mayHappen, openRound as newRound, type RoundEvent } from '@longtable/shared/rounds/round';
import type { Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring } from '../../platform/keyring.ts';
import { circlesInOrder } from '../circles/circles.service.ts';
import { type Document, holdDocument } from '../documents/documents.service.ts';
import { seatedCircles } from '../people/people.service.ts';
import { announceRooms, pinRooms, roomsOfDocument } from '../rooms/rooms.service.ts';
import { announceStanding, letHappen } from './round-events.ts';
import { type Reading, type Round, sealState, toRound } from './round-state.ts';
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
  const opened = await withKeys(keyring, sections.length, (keyIds) =>
    deps.db.transaction(async (trx) => {
      const document = await holdDocument(trx, documentId);
      const { partnershipId } = document;
      const seated = await seatedCircles(trx, partnershipId);
      const electorate = (await circlesInOrder(trx, partnershipId)).filter((circle) => seated.has(circle));
      const taken = new Set(await repository.findSectionsInRounds(trx, documentId));
      if (electorate.length === 0 || sections.some((section) => taken.has(section)))
        throw new LongtableError('notNow');
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
      const versions = pinned.map(({ section, content }, index) =>
        makeVersion(
          keyring,
          keyIds[index]!,
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

/** The exact words before the circles, with what proves them. @throws LongtableError notFound */
export async function pinnedVersion(deps: Reading, round: Round, section: string) {
  const number = round.state.sections[section]?.version;
  const row =
    number === undefined ? undefined : await repository.findVersion(deps.db, round.id, section, number);
  if (!row) throw new LongtableError('notFound');
  return { ...(await openVersion(deps.keyring, row)), version: row.number, madeOn: row.made_on };
}

/**
 * Keys are durable before their first row. Those of an attempt that we refused protect nothing. Where the database
 * failed nobody knows whether it had taken the rows, and a key too many is better than words that nobody can read.
 */
async function withKeys<Result>(
  keyring: Keyring,
  count: number,
  use: (keyIds: KeyId[]) => Promise<Result>,
): Promise<Result> {
  const keyIds = await Promise.all(Array.from({ length: count }, () => keyring.createKey()));
  try {
    return await use(keyIds);
  } catch (error) {
    if (error instanceof LongtableError) await Promise.all(keyIds.map((keyId) => keyring.destroyKey(keyId)));
    throw error;
  }
}
