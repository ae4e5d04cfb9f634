import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Join, Joined } from '@longtable/shared/protocol/http/circles';
import type { Handle } from '@longtable/shared/protocol/http/people';
import type { Db, Deps } from '../../platform/deps.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import type { MakeSession } from '../people/device.service.ts';
import { answerSeat, createSeat, isCircleSeated, type Session } from '../people/people.service.ts';
import {
  type CircleRow,
  deleteFoundingCodes,
  findCircleOfCode,
  lockCircle,
  useCode,
} from './circles.repository.ts';
import { type Circle, grantFacilitator, grantMember } from './circles.service.ts';
import { hashCode, readCode } from './codes.ts';
import { takeFacilitatorCode } from './facilitator-codes.repository.ts';

type SeatDeps = Pick<Deps, 'keyring' | 'clock'>;

/** @throws LongtableError notFound where somebody was quicker */
export const takeFirstSeat = (
  deps: Deps,
  id: CircleId,
  handle: Handle,
  makeSession: MakeSession,
): Promise<SeatId> =>
  deps.db.transaction(async (trx) => sitFirst(deps, trx, await makeSession(trx), id, handle));

/** As `takeFirstSeat`, inside somebody else's transaction. @throws LongtableError notFound */
export async function sitFirst(
  deps: SeatDeps,
  trx: Db,
  session: Session,
  id: CircleId,
  handle: Handle,
): Promise<SeatId> {
  const circle = await lockCircle(trx, id);
  if (!circle || (await isCircleSeated(trx, id))) throw new LongtableError('notFound');
  await deleteFoundingCodes(trx, id);
  return sit(deps, trx, session, circle, handle);
}

async function sit(
  deps: SeatDeps,
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

/**
 * Redeems a code. A founding code and a facilitator's seat their bearer at once and die; any other puts them at the door.
 * `makeSession` is called only for a right code. @throws LongtableError codeUnknown
 */
export async function joinWithCode(
  deps: Deps,
  { code, handle }: Join,
  makeSession: MakeSession,
): Promise<Joined> {
  const typed = readCode(code);
  if (typed === null) throw new LongtableError('codeUnknown');
  const [hash, today] = [hashCode(deps.keyring, typed), deps.clock.today()];
  const joined = await deps.db.transaction(async (trx) => {
    const facilitated = await takeFacilitatorCode(trx, hash, today);
    if (facilitated) return sitAsFacilitator(deps, trx, await makeSession(trx), facilitated, handle);
    const ofCircle = await findCircleOfCode(trx, hash);
    const circle = ofCircle && (await lockCircle(trx, ofCircle));
    const used = circle && (await useCode(trx, hash, today));
    if (!circle || !used) throw new LongtableError('codeUnknown');
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

/** A facilitator's seat, with process rights and no content authority. */
export async function sitAsFacilitator(
  deps: SeatDeps,
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
    // Whoever looks whether anybody is left here waits for this answer, or has refused everybody at the door.
    await lockCircle(trx, circle.id);
    const isNew = await answerSeat(trx, circle.id, seat, letIn ? 'seated' : 'refused');
    if (isNew && letIn) await grantMember(trx, seat, circle.partnershipId, circle.id);
  });
  deps.bus.publish({ kind: 'seat', seatId: seat });
  deps.bus.publish({ kind: 'door', circleId: circle.id });
}
