import type { DocumentKind } from '@longtable/shared/documents/template';
import type { CircleId, DocumentId, PartnershipId } from '@longtable/shared/ids';
import type { Handle } from '@longtable/shared/protocol/http/people';
import type { CircleRule } from '@longtable/shared/protocol/http/rounds';
import { type Circle, describeCircle, readCircle } from '../../features/circles/circles.service.ts';
import { mintCode, mintFacilitatorCode } from '../../features/circles/codes.service.ts';
import { answerDoor, joinWithCode } from '../../features/circles/doors.service.ts';
import { readTable, startPartnership } from '../../features/documents/documents.service.ts';
import { endSession } from '../../features/people/leaving.service.ts';
import {
  createSession,
  type Seat,
  seatOf,
  seatsOf,
  type Session,
} from '../../features/people/people.service.ts';
import { makeWayBack } from '../../features/people/returns.service.ts';
import { chooseSupport } from '../../features/rounds/heard.service.ts';
import { chooseRule } from '../../features/rounds/answers.service.ts';
import type { Deps } from '../../platform/deps.ts';
import { circles, type DemoCircle, facilitators, TITLE } from '../demo/circles.ts';

export interface SeatedCircle {
  circle: Circle;
  name: string;
  rule: CircleRule;
  members: Seat[];
}

export interface DemoTable {
  id: PartnershipId;
  facilitator: Seat;
  circles: ReadonlyMap<DemoCircle['key'], SeatedCircle>;
  documents: Record<DocumentKind, DocumentId>;
  /** Everybody takes a seat card home, and every phone is cleared: seats stay, and no device holds them. */
  clearPhones(): Promise<void>;
}

/** People come as they do in life: each on a device, by a code, and let in by somebody inside. */
export async function setTable(deps: Deps): Promise<DemoTable> {
  const sessions: Session[] = [];
  const device = async () => {
    const { session } = await createSession(deps.db, deps.keyring, deps.clock);
    sessions.push(session);
    return session;
  };
  const joinBy = async (code: string, handle: Handle) => {
    const session = await device();
    const { seatId } = await joinWithCode(deps, { code, handle, locale: 'en' }, async () => session);
    return { seatId, read: () => seatFor(deps, session, seatId) };
  };

  const starter = await device();
  const started = await startPartnership(deps, starter, {
    title: TITLE,
    template: 'full',
    locales: ['en', 'ar'],
    circles: circles.length,
    handle: facilitators[0]!,
  });
  const facilitator = await seatFor(deps, starter, started.seatId);
  for (const handle of facilitators.slice(1))
    await joinBy((await mintFacilitatorCode(deps, started.partnershipId, { days: 7 })).code, handle);

  const table = await readTable(deps, facilitator);
  const seated = new Map<DemoCircle['key'], SeatedCircle>();
  for (const [index, demo] of circles.entries()) {
    const id = table.circles[index]!.id;
    const members: Seat[] = [];
    for (const handle of demo.people) {
      const isFounding = members.length === 0;
      const { code } = await mintCode(deps, id, { uses: 1, days: 1 }, isFounding);
      const newcomer = await joinBy(code, handle);
      if (!isFounding) await answerDoor(deps, await readCircle(deps.db, id), newcomer.seatId, true);
      members.push(await newcomer.read());
    }
    const { key, name, rule } = demo;
    seated.set(key, { circle: await settleIn(deps, id, demo, members), name, rule, members });
  }
  return {
    id: started.partnershipId,
    facilitator,
    circles: seated,
    documents: Object.fromEntries(
      table.documents.map(({ kind, id }) => [kind, id]),
    ) as DemoTable['documents'],
    clearPhones: async () => {
      for (const session of sessions) {
        for (const { seatId: id } of await seatsOf(deps, session))
          await makeWayBack(deps, { id }, { kind: 'card', locale: 'en' });
        await endSession(deps, session);
      }
    },
  };
}

/** What a circle settles for itself once people sit in it. */
async function settleIn(
  deps: Deps,
  id: CircleId,
  demo: DemoCircle,
  members: readonly Seat[],
): Promise<Circle> {
  const circle = await readCircle(deps.db, id);
  await describeCircle(deps, circle, { name: demo.name, kind: demo.kind });
  await chooseRule(deps, circle, { rule: demo.rule, isReleased: demo.isRuleReleased ?? false });
  const { support } = demo;
  await chooseSupport(
    deps,
    circle,
    'seatOf' in support
      ? { kind: 'seat', seatId: members[support.seatOf]!.id }
      : { kind: 'text', text: support.text },
  );
  return circle;
}

async function seatFor(deps: Deps, session: Session, id: Seat['id']): Promise<Seat> {
  const seat = await seatOf(deps.db, session, id);
  if (!seat) throw new Error('the seat just taken is not there');
  return seat;
}
