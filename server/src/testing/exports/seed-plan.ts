import { randomUUID } from 'node:crypto';
import { BLOCK_NODE, rowsField, textFragment } from '@longtable/shared/documents/model/keys';
import { CircleId, DocumentId, type PartnershipId, SeatId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import { sitAsFacilitator } from '../../features/circles/doors.service.ts';
import { addPartnership } from '../../features/partnerships/partnerships.service.ts';
import { createSession } from '../../features/people/people.service.ts';
import { sessionCookie } from '../../features/people/session-cookie.ts';
import { createKnexUpdateStore } from '../../features/rooms/knex-update-store.ts';
import { roomsOfDocument } from '../../features/rooms/rooms.service.ts';
import type { Deps } from '../../platform/deps.ts';

export const SEEDED_SECTION = { key: 'what-we-will-do', number: 3 };
export const JOINT_TEXT = 'We meet in the market.\n\n  Two spaces, #hash and \\backslash.';

/** Nothing that holds this word may leave: it is in a person's name, a circle's name and a circle's own room. */
export const CANARY = 'canary';

type SeedDeps = Pick<Deps, 'db' | 'keyring' | 'clock' | 'env'>;

export interface SeededPlan {
  documentId: DocumentId;
  seat: SeatId;
  /** As a Cookie header. */
  cookie: string;
}

/** A plan with one joint sentence and one activity, and one sentence in a circle's own room. */
export async function seedPlan(deps: SeedDeps): Promise<SeededPlan> {
  const { db, keyring } = deps;
  const keyId = await keyring.createKey();
  const partnershipId = await addPartnership(deps, db, keyId, {
    title: 'The table by the river',
    template: 'full',
    locales: ['en'],
  });
  const circleId = CircleId.parse(randomUUID());
  const nameContext = { table: 'circles', column: 'name', row: circleId, audience: 'partnership' };
  const name_sealed = await keyring.seal(keyId, nameContext, Buffer.from(`${CANARY} circle`));
  await db('circles').insert({
    id: circleId,
    partnership_id: partnershipId,
    number: 1,
    key_id: keyId,
    name_sealed,
  });
  const documentId = DocumentId.parse(randomUUID());
  await db('documents').insert({ id: documentId, partnership_id: partnershipId, kind: 'plan' });
  const member = await seedMember(deps, partnershipId, circleId);

  const sections = await roomsOfDocument(deps, { id: documentId, kind: 'plan' }, circleId);
  const rooms = sections.find(({ key }) => key === SEEDED_SECTION.key)?.rooms;
  if (!rooms?.circle) throw new Error('the section has no rooms');
  const store = createKnexUpdateStore(deps);
  for (const [room, text] of [
    [rooms.partnership, JOINT_TEXT],
    [rooms.circle, CANARY],
  ] as const) {
    const state = await store.load(room);
    const [result] = state
      ? await store.commit([
          { room, lineage: state.room.lineage, seats: [member.seat], bytes: asPushed(text) },
        ])
      : [];
    if (!result?.ok) throw new Error('the words were not stored');
  }
  return { documentId, ...member };
}

/** One more person in a circle, signed in on a device of their own. */
export async function seedMember(
  { db, keyring, clock, env }: SeedDeps,
  partnershipId: PartnershipId,
  circleId: CircleId,
) {
  const { session, token } = await createSession(db, keyring, clock);
  const seat = SeatId.parse(randomUUID());
  const context = { table: 'seats', column: 'handle', row: seat, audience: `circle:${circleId}` };
  const handle_sealed = await keyring.seal(
    await keyring.createKey(),
    context,
    Buffer.from(`${CANARY} person`),
  );
  await db('seats').insert({
    id: seat,
    session_id: session.id,
    partnership_id: partnershipId,
    circle_id: circleId,
    role: 'member',
    state: 'seated',
    handle_sealed,
    created_on: clock.today(),
  });
  for (const audience of [null, circleId]) {
    await db('grants').insert({
      id: randomUUID(),
      seat_id: seat,
      partnership_id: partnershipId,
      circle_id: audience,
      can_write: true,
    });
  }
  return { seat, cookie: sessionCookie(env, token).split(';')[0] ?? '' };
}

/** Somebody who guides the process, signed in on a device of their own. */
export async function seedFacilitator(deps: SeedDeps, partnershipId: PartnershipId) {
  const { session, token } = await createSession(deps.db, deps.keyring, deps.clock);
  const handle = { picture: 'kite' } as const;
  const { seatId } = await sitAsFacilitator(deps, deps.db, session, partnershipId, handle);
  return { seat: seatId, cookie: sessionCookie(deps.env, token).split(';')[0] ?? '' };
}

function asPushed(text: string): Uint8Array {
  const doc = new Y.Doc();
  const block = new Y.XmlElement(BLOCK_NODE);
  block.setAttribute('kind', 'paragraph');
  block.insert(0, [new Y.XmlText(text)]);
  textFragment(doc).insert(0, [block]);
  rowsField(doc, 'activities').push([
    new Y.Map<unknown>([
      ['id', randomUUID()],
      ['activity', new Y.Text('Cook together')],
    ]),
  ]);
  return Y.encodeStateAsUpdate(doc);
}
