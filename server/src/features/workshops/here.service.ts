import { laidSections } from '@longtable/shared/documents/templates/partnership-templates';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { Place } from '@longtable/shared/protocol/http/here';
import type { LaidTable, Table } from '@longtable/shared/protocol/http/partnerships';
import { agreementOf, isBeforeCircles, placeOf } from '@longtable/shared/rounds/agreement';
import type { RoundState } from '@longtable/shared/rounds/round';
import type { Deps } from '../../platform/deps.ts';
import { readDocument, readTable } from '../documents/documents.service.ts';
import { isFacilitated, type Seat } from '../people/people.service.ts';
import { roundsOf } from '../rounds/rounds.service.ts';
import { canMoveHere } from './here.policy.ts';
import * as repository from './here.repository.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;

/** A section of the table, and what rounds have made of it so far. */
export interface LaidPlace extends Place {
  isFirst: boolean;
  /** `inRound`: it is before the circles now. `settled`: those who answered can live with it. */
  state: 'open' | 'inRound' | 'settled';
}

/** The table as one seat sees it, and where the room is. */
export async function readTableHere(deps: Reading, seat: Seat): Promise<Table> {
  const table = await readTable(deps, seat);
  const facts = {
    partnershipId: seat.partnershipId,
    isFacilitated: await isFacilitated(deps.db, seat.partnershipId),
  };
  return { ...table, here: await readHere(deps, table), mayMoveHere: canMoveHere(seat, facts) };
}

export async function readHere(deps: Reading, table: LaidTable): Promise<Place> {
  return (await repository.findHere(deps.db, table.id)) ?? expectedHere(await laidPlaces(deps, table));
}

/**
 * Where a newcomer would look for the others: at what is before the circles, else at the first section on the
 * table that they have not settled, and at the last one when all are.
 */
export function expectedHere(places: readonly LaidPlace[]): Place {
  const first = places.filter(({ isFirst }) => isFirst);
  const { documentId, section } =
    places.find(({ state }) => state === 'inRound') ??
    first.find(({ state }) => state === 'open') ??
    first.at(-1)!;
  return { documentId, section };
}

async function laidPlaces(deps: Reading, { template, documents }: LaidTable): Promise<LaidPlace[]> {
  const rounds = new Map(
    await Promise.all(documents.map(async ({ id, kind }) => [kind, await roundsOf(deps, id)] as const)),
  );
  return laidSections(template).flatMap(({ kind, section: { key }, isFirst }) => {
    const document = documents.find((each) => each.kind === kind);
    if (!document) return [];
    const state = stateOf(rounds.get(kind) ?? [], key);
    return [{ documentId: document.id, section: key, isFirst, state }];
  });
}

function stateOf(newestFirst: readonly { state: RoundState }[], key: string): LaidPlace['state'] {
  const { agreed, underway } = placeOf(newestFirst, key);
  if (underway && isBeforeCircles(underway.state, key)) return 'inRound';
  const isAgreedBySome = underway !== null && agreementOf(underway.state.sections[key]!) === 'some';
  return agreed || isAgreedBySome ? 'settled' : 'open';
}

/** Says where the room is from now on. @throws LongtableError notFound */
export async function moveHere(
  { db, bus }: Pick<Deps, 'db' | 'bus'>,
  seat: Seat,
  { documentId, section }: Place,
): Promise<void> {
  const { partnershipId, kind } = await readDocument(db, documentId);
  const facts = { partnershipId, isFacilitated: await isFacilitated(db, partnershipId) };
  if (!canMoveHere(seat, facts)) throw new LongtableError('notFound');
  sectionOf(kind, section);
  await repository.upsertHere(db, partnershipId, { documentId, section });
  bus.publish({ kind: 'standing', partnershipId, circleId: null, documentId });
}
