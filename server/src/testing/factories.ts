import type { CircleId, DocumentId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { DocumentKind, TemplateKey } from '@longtable/shared/documents/template';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { readCircle } from '../features/circles/circles.service.ts';
import { mintCode } from '../features/circles/codes.service.ts';
import { answerDoor, joinWithCode } from '../features/circles/doors.service.ts';
import { readTable, startPartnership as start } from '../features/documents/documents.service.ts';
import { createSession, type Seat, seatOf, type Session } from '../features/people/people.service.ts';
import { sessionCookie } from '../features/people/session-cookie.ts';
import type { Deps } from '../platform/deps.ts';

/** Someone with a seat, made as the product makes them. */
export interface TestPerson {
  session: Session;
  seat: Seat;
  /** What their browser sends as Cookie. */
  cookie: string;
}

export interface TestPartnership {
  id: PartnershipId;
  facilitator: TestPerson;
  circles: CircleId[];
  documents: Record<DocumentKind, DocumentId>;
}

const kite: Handle = { picture: 'kite' };

export async function startPartnership(
  deps: Deps,
  options: { circles?: number; title?: string; template?: TemplateKey } = {},
): Promise<TestPartnership> {
  const { session, cookie } = await newSession(deps);
  const { circles = 2, title = 'Table', template = 'full' } = options;
  const started = await start(deps, session, { title, template, locales: ['en'], circles, handle: kite });
  const facilitator = { session, cookie, seat: await seatFor(deps, session, started.seatId) };
  const table = await readTable(deps, facilitator.seat);
  return {
    id: started.partnershipId,
    facilitator,
    circles: table.circles.map((circle) => circle.id),
    documents: Object.fromEntries(
      table.documents.map(({ kind, id }) => [kind, id]),
    ) as TestPartnership['documents'],
  };
}

/** The first to come founds the circle; whoever comes later is let in by them. */
export async function seatedMember(
  deps: Deps,
  circleId: CircleId,
  handle: Handle = kite,
): Promise<TestPerson> {
  const circle = await readCircle(deps.db, circleId);
  const joined = await joinCircle(deps, circleId, handle, !circle.hasMembers);
  if (circle.hasMembers) await answerDoor(deps, circle, joined.seat.id, true);
  return { ...joined, seat: await seatFor(deps, joined.session, joined.seat.id) };
}

/** Someone at the door of a circle that has members. */
export const waitingPerson = (deps: Deps, circleId: CircleId, handle: Handle = kite): Promise<TestPerson> =>
  joinCircle(deps, circleId, handle, false);

async function joinCircle(
  deps: Deps,
  circleId: CircleId,
  handle: Handle,
  isFounding: boolean,
): Promise<TestPerson> {
  const { code } = await mintCode(deps, circleId, { uses: 1, days: 1 }, isFounding);
  const { session, cookie } = await newSession(deps);
  const { seatId } = await joinWithCode(deps, { code, handle, locale: 'en' }, async () => session);
  return { session, cookie, seat: await seatFor(deps, session, seatId) };
}

async function newSession(deps: Deps): Promise<{ session: Session; cookie: string }> {
  const { session, token } = await createSession(deps.db, deps.keyring, deps.clock);
  return { session, cookie: sessionCookie(deps.env, token).split(';')[0]! };
}

async function seatFor(deps: Deps, session: Session, seatId: SeatId): Promise<Seat> {
  const seat = await seatOf(deps.db, session, seatId);
  if (!seat) throw new Error('the seat just made is not there');
  return seat;
}
