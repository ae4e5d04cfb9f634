import { randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, CodeId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type {
  CircleInside,
  DescribeCircle,
  Join,
  Joined,
  MintCode,
  MintedCode,
} from '@longtable/shared/protocol/http/circles';
import { CircleKind } from '@longtable/shared/protocol/http/circles';
import type { Handle } from '@longtable/shared/protocol/http/people';
import type {
  CircleSummary,
  FacilitatorCode,
  MintFacilitatorCode,
} from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import {
  answerSeat,
  createSeat,
  isCircleSeated,
  peopleOfCircle,
  type Seat,
  seatedCircles,
  type Session,
} from '../people/people.service.ts';
import type { CircleFacts } from './circles.policy.ts';
import {
  type CircleRow,
  deleteCode,
  deleteFoundingCodes,
  findCircle,
  findCirclesOfPartnership,
  findGrant,
  findLiveCodes,
  insertCircles,
  insertCode,
  insertGrants,
  lockCircle,
  lockGrant,
  revokeGrants,
  updateCircle,
  useCode,
} from './circles.repository.ts';
import { putFacilitatorCode, takeFacilitatorCode } from './facilitator-codes.repository.ts';
import { hashCode, newCode, readCode, showCode } from './codes.ts';

const DAY_MS = 86_400_000;

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
): Promise<void> {
  await insertCircles(
    trx,
    keyIds.map((key_id, index) => ({
      id: randomUUID() as CircleId,
      partnership_id: partnershipId,
      number: index + 1,
      key_id,
      name_sealed: null,
      kind_sealed: null,
    })),
  );
}

/** Circles as everyone at the table sees them. */
export async function circlesAt(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  seat: Seat,
): Promise<CircleSummary[]> {
  const rows = await findCirclesOfPartnership(db, seat.partnershipId);
  const seated = await seatedCircles(db, seat.partnershipId);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      name: await openText(keyring, nameContext(row.id), row.name_sealed),
      isSeated: seated.has(row.id),
      isMine: seat.circleId === row.id,
    })),
  );
}

/** Circles in the order of the table, which says nothing of when anyone came. */
export const circlesInOrder = async (db: Db, partnership: PartnershipId): Promise<CircleId[]> =>
  (await findCirclesOfPartnership(db, partnership)).map(({ id }) => id);

/** Circles by what they are called outside, in the order of the table. */
export async function circleNames(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  partnership: PartnershipId,
): Promise<Pick<CircleSummary, 'id' | 'number' | 'name'>[]> {
  const rows = await findCirclesOfPartnership(db, partnership);
  return Promise.all(
    rows.map(async ({ id, number, name_sealed }) => ({
      id,
      number,
      name: await openText(keyring, nameContext(id), name_sealed),
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
const grantMember = (
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
const grantFacilitator = (trx: Db, seat: SeatId, partnershipId: PartnershipId): Promise<void> =>
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

/** Once this returns, nothing of that seat commits any more; its sockets are told to go. */
export async function revokeSeat({ db, bus }: Pick<Deps, 'db' | 'bus'>, seat: SeatId): Promise<void> {
  await revokeGrants(db, seat);
  bus.publish({ kind: 'kick', seatId: seat });
}

/** @throws LongtableError notFound where somebody was quicker */
export async function takeFirstSeat(
  deps: Deps,
  session: Session,
  id: CircleId,
  handle: Handle,
): Promise<SeatId> {
  return deps.db.transaction(async (trx) => {
    const circle = await lockCircle(trx, id);
    if (!circle || (await isCircleSeated(trx, id))) throw new LongtableError('notFound');
    await deleteFoundingCodes(trx, id);
    return sit(deps, trx, session, circle, handle);
  });
}

async function sit(
  deps: Deps,
  trx: Db,
  session: Session,
  circle: CircleRow,
  handle: Handle,
): Promise<SeatId> {
  const { id: circleId, partnership_id: partnershipId, key_id: keyId } = circle;
  const seat = await createSeat(trx, deps, keyId, {
    session,
    partnershipId,
    circleId,
    handle,
    role: 'member',
    state: 'seated',
  });
  await grantMember(trx, seat, partnershipId, circleId);
  return seat;
}

/** A founding code replaces any earlier one of the circle and opens once. The code itself is not kept. */
export async function mintCode(
  { db, env, keyring, clock }: Deps,
  circle: CircleId,
  { uses, days }: MintCode,
  isFounding: boolean,
): Promise<MintedCode> {
  const code = newCode();
  const id = randomUUID() as CodeId;
  await db.transaction(async (trx) => {
    if (isFounding) await deleteFoundingCodes(trx, circle);
    await insertCode(trx, {
      id,
      circle_id: circle,
      code_hash: hashCode(keyring, code),
      is_founding: isFounding,
      uses_left: isFounding ? 1 : uses,
      expires_on: new Date(clock.nowMs() + days * DAY_MS).toISOString().slice(0, 10),
    });
  });
  return { id, code: showCode(code), url: `${env.publicUrl}/join#${code}`, isFounding };
}

export async function liveCodes({ db, clock }: Deps, circle: CircleId) {
  const rows = await findLiveCodes(db, circle, clock.today());
  return rows.map((row) => ({ id: row.id, usesLeft: row.uses_left, expiresOn: row.expires_on }));
}

export const revokeCode = (db: Db, circle: CircleId, code: CodeId): Promise<boolean> =>
  deleteCode(db, circle, code);

/**
 * Redeems a code. A founding code and a facilitator's seat their bearer at once and die; any other puts them at the door.
 * `makeSession` is called only for a right code. @throws LongtableError codeUnknown
 */
export async function joinWithCode(
  deps: Deps,
  { code, handle }: Join,
  makeSession: (trx: Db) => Promise<Session>,
): Promise<Joined> {
  const typed = readCode(code);
  if (typed === null) throw new LongtableError('codeUnknown');
  const joined = await deps.db.transaction(async (trx) => {
    const facilitated = await takeFacilitatorCode(trx, hashCode(deps.keyring, typed), deps.clock.today());
    if (facilitated) return sitAsFacilitator(deps, trx, await makeSession(trx), facilitated, handle);
    const used = await useCode(trx, hashCode(deps.keyring, typed), deps.clock.today());
    const circle = used && (await lockCircle(trx, used.circle_id));
    if (!circle) throw new LongtableError('codeUnknown');
    // Somebody founded the circle another way since this code was made: it opens nothing any more.
    if (used.is_founding && (await isCircleSeated(trx, circle.id))) throw new LongtableError('codeUnknown');
    const session = await makeSession(trx);
    const { id: circleId, partnership_id: partnershipId, key_id: keyId } = circle;
    if (used.is_founding) {
      await deleteFoundingCodes(trx, circleId);
      return {
        circleId,
        partnershipId,
        state: 'seated' as const,
        seatId: await sit(deps, trx, session, circle, handle),
      };
    }
    const seat = { session, partnershipId, circleId, handle, role: 'member', state: 'waiting' } as const;
    return {
      circleId,
      partnershipId,
      state: 'waiting' as const,
      seatId: await createSeat(trx, deps, keyId, seat),
    };
  });
  if (joined.circleId && joined.state === 'waiting')
    deps.bus.publish({ kind: 'door', circleId: joined.circleId });
  return { seatId: joined.seatId, partnershipId: joined.partnershipId, state: joined.state };
}

/** A code for one further facilitator; any earlier one opens nothing any more. The code itself is not kept. */
export async function mintFacilitatorCode(
  { db, env, keyring, clock }: Deps,
  partnership: PartnershipId,
  { days }: MintFacilitatorCode,
): Promise<FacilitatorCode> {
  const code = newCode();
  await putFacilitatorCode(db, {
    partnership_id: partnership,
    code_hash: hashCode(keyring, code),
    expires_on: new Date(clock.nowMs() + days * DAY_MS).toISOString().slice(0, 10),
  });
  return { code: showCode(code), url: `${env.publicUrl}/join#${code}` };
}

/** A facilitator's seat, with process rights and no content authority. */
export async function sitAsFacilitator(
  deps: Pick<Deps, 'keyring' | 'clock'>,
  trx: Db,
  session: Session,
  partnershipId: PartnershipId,
  handle: Handle,
) {
  const { keyId } = await readPartnership({ db: trx as Deps['db'], keyring: deps.keyring }, partnershipId);
  const seat = {
    session,
    partnershipId,
    circleId: null,
    role: 'facilitator',
    state: 'seated',
    handle,
  } as const;
  const seatId = await createSeat(trx, deps, keyId, seat);
  await grantFacilitator(trx, seatId, partnershipId);
  return { ...seat, seatId };
}

/** The same answer twice is no error. @throws LongtableError notFound where nobody waits there under that seat */
export async function answerDoor(deps: Deps, circle: Circle, seat: SeatId, letIn: boolean): Promise<void> {
  await deps.db.transaction(async (trx) => {
    const isNew = await answerSeat(trx, circle.id, seat, letIn ? 'seated' : 'refused');
    if (isNew && letIn) await grantMember(trx, seat, circle.partnershipId, circle.id);
  });
  deps.bus.publish({ kind: 'seat', seatId: seat });
  deps.bus.publish({ kind: 'door', circleId: circle.id });
}
