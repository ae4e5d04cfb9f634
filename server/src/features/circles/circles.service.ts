import { randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { CircleInside, DescribeCircle } from '@longtable/shared/protocol/http/circles';
import { CircleKind } from '@longtable/shared/protocol/http/circles';
import { MAX_CIRCLES } from '@longtable/shared/limits';
import { DutyLabel } from '@longtable/shared/protocol/http/partners';
import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import { isCircleSeated, peopleOfCircle, type Seat, seatedCircles } from '../people/people.service.ts';
import { readAsked, readWaitingForUs } from './anew-view.ts';
import type { CircleFacts } from './circles.policy.ts';
import {
  type CircleRow,
  findCircle,
  findCirclesOfPartnership,
  findGrant,
  insertCircles,
  insertGrants,
  lockGrant,
  updateCircle,
} from './circles.repository.ts';

export interface Circle extends CircleFacts {
  keyId: KeyId;
  row: CircleRow;
}

/** @throws LongtableError notFound */
export async function readCircle(db: Db, id: CircleId): Promise<Circle> {
  const row = await findCircle(db, id);
  if (!row) throw new LongtableError('notFound');
  return {
    id,
    partnershipId: row.partnership_id,
    keyId: row.key_id,
    hasMembers: await isCircleSeated(db, id),
    isPromised: row.is_promised,
    row,
  };
}

/** The name is for everyone in the partnership, the kind for members only; so their contexts differ. */
const nameContext = (id: CircleId): SealContext => ({
  table: 'circles',
  column: 'name',
  row: id,
  audience: 'partnership',
});
const kindContext = (id: CircleId): SealContext => ({
  table: 'circles',
  column: 'kind',
  row: id,
  audience: `circle:${id}`,
});

const labelsContext = (id: CircleId): SealContext => ({
  table: 'circles',
  column: 'labels',
  row: id,
  audience: 'partnership',
});

const openText = async (
  keyring: Keyring,
  context: SealContext,
  sealed: Uint8Array | null,
): Promise<string | null> => sealed && (await keyring.open(context, sealed)).toString('utf8');

/** Circles without names or members yet; one durable key for each. */
export async function addCircles(
  trx: Db,
  partnershipId: PartnershipId,
  keyIds: readonly KeyId[],
): Promise<CircleId[]> {
  const rows = keyIds.map((key_id, index) => ({
    id: randomUUID() as CircleId,
    partnership_id: partnershipId,
    number: index + 1,
    key_id,
    name_sealed: null,
    kind_sealed: null,
    labels_sealed: null,
    is_promised: false,
    is_ended: false,
  }));
  await insertCircles(trx, rows);
  return rows.map(({ id }) => id);
}

/**
 * One circle more, last at the table, promised to an organisation, with what must always stand beside its name. Only
 * while the partnership is held: two at once would otherwise take one number. @throws LongtableError tableFull
 */
export async function addPromisedCircle(
  trx: Db,
  keyring: Keyring,
  partnershipId: PartnershipId,
  keyId: KeyId,
  labels: readonly DutyLabel[],
): Promise<CircleId> {
  if ((await countPlaces(trx, partnershipId)) >= MAX_CIRCLES) throw new LongtableError('tableFull');
  return addCircle(trx, keyring, { partnershipId, keyId, labels, isPromised: true });
}

/**
 * Another circle where one has ended, nobody's yet. Never where that one was promised: what must stand beside an
 * organisation's name is nobody else's. Only while the partnership is held.
 */
export const addCircleInPlaceOf = (
  trx: Db,
  keyring: Keyring,
  ended: CircleRow,
  keyId: KeyId,
): Promise<CircleId> =>
  addCircle(trx, keyring, {
    partnershipId: ended.partnership_id,
    keyId,
    labels: [],
    isPromised: false,
  });

interface NewCircle {
  partnershipId: PartnershipId;
  keyId: KeyId;
  labels: readonly DutyLabel[];
  isPromised: boolean;
}

async function addCircle(
  trx: Db,
  keyring: Keyring,
  { partnershipId, keyId, labels, isPromised }: NewCircle,
): Promise<CircleId> {
  const others = await findCirclesOfPartnership(trx, partnershipId);
  const id = randomUUID() as CircleId;
  await insertCircles(trx, [
    {
      id,
      partnership_id: partnershipId,
      number: Math.max(0, ...others.map(({ number }) => number)) + 1,
      key_id: keyId,
      name_sealed: null,
      kind_sealed: null,
      labels_sealed: await keyring.seal(keyId, labelsContext(id), Buffer.from(JSON.stringify(labels))),
      is_promised: isPromised,
      is_ended: false,
    },
  ]);
  return id;
}

const openLabels = async (keyring: Keyring, { id, labels_sealed }: CircleRow): Promise<DutyLabel[]> =>
  DutyLabel.array().parse(JSON.parse((await openText(keyring, labelsContext(id), labels_sealed)) ?? '[]'));

/** Circles as everyone at the table sees them. */
export async function circlesAt(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  seat: Seat,
): Promise<CircleSummary[]> {
  const rows = await findCirclesOfPartnership(db, seat.partnershipId);
  const seated = await seatedCircles(db, seat.partnershipId);
  const asked = await readAsked(db, seat.partnershipId, seat.circleId);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      name: await openText(keyring, nameContext(row.id), row.name_sealed),
      isSeated: seated.has(row.id),
      isEnded: row.is_ended,
      anew: asked.get(row.id) ?? null,
      isMine: seat.circleId === row.id,
      isPromised: row.is_promised && !row.is_ended && !seated.has(row.id),
      labels: await openLabels(keyring, row),
    })),
  );
}

/** Circles in the order of the table, which says nothing of when anyone came. */
export const circlesInOrder = async (db: Db, partnership: PartnershipId): Promise<CircleId[]> =>
  (await findCirclesOfPartnership(db, partnership)).map(({ id }) => id);

/** Circles that nobody has founded yet and anybody may be asked to; a place that waits for an organisation is none. */
export const circlesToCome = async (
  db: Db,
  partnership: PartnershipId,
  founded: ReadonlySet<CircleId>,
): Promise<CircleId[]> =>
  (await findCirclesOfPartnership(db, partnership)).flatMap(({ id, is_promised, is_ended }) =>
    is_promised || is_ended || founded.has(id) ? [] : [id],
  );

/** Of a table's MAX_CIRCLES, those that are taken or promised. One that has ended made room for another. */
export const countPlaces = async (db: Db, partnership: PartnershipId): Promise<number> =>
  (await findCirclesOfPartnership(db, partnership)).filter(({ is_ended }) => !is_ended).length;

/** They had come, and nobody could come back to them. */
export const countEnded = async (db: Db, partnership: PartnershipId): Promise<number> =>
  (await findCirclesOfPartnership(db, partnership)).filter(({ is_ended }) => is_ended).length;

/** Circles by what they are called outside, with what must always stand beside that, in the order of the table. */
export async function circleNames(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  partnership: PartnershipId,
): Promise<Pick<CircleSummary, 'id' | 'number' | 'name' | 'labels'>[]> {
  const rows = await findCirclesOfPartnership(db, partnership);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      name: await openText(keyring, nameContext(row.id), row.name_sealed),
      labels: await openLabels(keyring, row),
    })),
  );
}

/** A circle as its members see it. */
export async function circleInside(
  deps: Pick<Deps, 'db' | 'keyring'>,
  circle: Circle,
): Promise<CircleInside> {
  const { id, row } = circle;
  const kind = await openText(deps.keyring, kindContext(id), row.kind_sealed);
  return {
    id,
    number: row.number,
    name: await openText(deps.keyring, nameContext(id), row.name_sealed),
    kind: kind === null ? null : CircleKind.parse(kind),
    members: await peopleOfCircle(deps, id, 'seated'),
    door: await peopleOfCircle(deps, id, 'waiting'),
    anew: await readWaitingForUs(deps.db, circle),
  };
}

export async function describeCircle(
  { db, keyring }: Deps,
  { id, keyId }: Circle,
  { name, kind }: DescribeCircle,
): Promise<void> {
  const change: Partial<Pick<CircleRow, 'name_sealed' | 'kind_sealed'>> = {};
  if (name !== undefined) change.name_sealed = await keyring.seal(keyId, nameContext(id), Buffer.from(name));
  if (kind !== undefined) change.kind_sealed = await keyring.seal(keyId, kindContext(id), Buffer.from(kind));
  if (Object.keys(change).length > 0) await updateCircle(db, id, change);
}

/** What a seated member may do: write in the joint rooms and in the circle's own. */
export const grantMember = (
  trx: Db,
  seat: SeatId,
  partnershipId: PartnershipId,
  circleId: CircleId,
): Promise<void> =>
  insertGrants(
    trx,
    [null, circleId].map((circle) => ({
      id: randomUUID(),
      seat_id: seat,
      partnership_id: partnershipId,
      circle_id: circle,
      can_write: true,
    })),
  );

/** Process rights, no content authority: a facilitator reads the joint text and writes nothing. */
export const grantFacilitator = (trx: Db, seat: SeatId, partnershipId: PartnershipId): Promise<void> =>
  insertGrants(trx, [
    { id: randomUUID(), seat_id: seat, partnership_id: partnershipId, circle_id: null, can_write: false },
  ]);

/** Whether the seat holds a grant here now, and of which kind; null where it holds none. */
export async function grantFor(
  db: Db,
  seat: SeatId,
  partnershipId: PartnershipId,
  circleId: CircleId | null,
): Promise<{ canWrite: boolean } | null> {
  const grant = await findGrant(db, seat, partnershipId, circleId);
  return grant ? { canWrite: grant.can_write } : null;
}

/** Whether the seat may write there, and may until the transaction ends. */
export const holdGrant = async (
  trx: Db,
  seat: SeatId,
  partnershipId: PartnershipId,
  circleId: CircleId | null,
): Promise<boolean> => (await lockGrant(trx, seat, partnershipId, circleId))?.can_write ?? false;
