import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import { wordsSeen } from '@longtable/shared/documents/words-seen';
import type { CircleId, DocumentId, Lineage, RoomId } from '@longtable/shared/ids';
import { RoundView } from '@longtable/shared/protocol/http/rounds';
import { Standing } from '@longtable/shared/protocol/http/standing';
import * as Y from 'yjs';
import { readDocument } from '../features/documents/documents.service.ts';
import { createKnexUpdateStore } from '../features/rooms/knex-update-store.ts';
import { readCircleText, roomsOfDocument } from '../features/rooms/rooms.service.ts';
import type { Deps } from '../platform/deps.ts';
import { seatedMember, startPartnership, type TestPerson } from './factories.ts';
import type { Answer, TestServer } from './http-client.ts';

/** A table of circles with somebody in each, and the calls that their browsers make. */
export async function setRoundTable(deps: Deps, server: TestServer, circles = 3) {
  const table = await startPartnership(deps, { circles });
  const members: TestPerson[] = [];
  for (const circle of table.circles) members.push(await seatedMember(deps, circle));
  const documentId = table.documents.definition;

  const get = (path: string, { cookie, seat }: TestPerson): Promise<Answer> =>
    server.newDevice().get(path, { seat: seat.id, headers: { cookie } });
  const post = (path: string, { cookie, seat }: TestPerson, body: unknown = {}): Promise<Answer> =>
    server.newDevice().post(path, { seat: seat.id, headers: { cookie }, body });

  const facilitator = table.facilitator;
  const open = async (sections: string[], more: object = {}): Promise<string> => {
    const answer = await post(`/api/documents/${documentId}/rounds`, facilitator, { sections, ...more });
    if (answer.status !== 200) throw new Error(`opening: ${answer.status} ${answer.bytes.toString()}`);
    return (answer.body as { roundId: string }).roundId;
  };
  const move = (round: string, phase: string) => post(`/api/rounds/${round}/phase`, facilitator, { phase });
  const heard = (who: TestPerson, section: string, mark = 'spoke') =>
    post(`/api/circles/${who.seat.circleId}/heard`, who, { documentId, section, mark });
  const say = (round: string, who: TestPerson, section: string, position: string, more: object = {}) =>
    post(`/api/rounds/${round}/sections/${section}/answer`, who, {
      version: 1,
      position,
      ...(position === 'consent' ? {} : { reason: 'because' }),
      ...more,
    });
  const write = (who: TestPerson, section: string, text: string) =>
    writeJoint(deps, who, documentId, section, text);
  const view = async (round: string, who: TestPerson) =>
    RoundView.parse((await get(`/api/rounds/${round}`, who)).body);
  /** One section of a round, as somebody may see it. */
  const section = async (round: string, key: string, who = facilitator) =>
    (await view(round, who)).sections.find((each) => each.section === key)!;
  /** Where one section stands, which is the same for everyone. */
  const standing = async (key: string, who = facilitator) =>
    Standing.parse((await get(`/api/partnerships/${table.id}/standing`, who)).body)
      .documents.find(({ id }) => id === documentId)!
      .sections.find((each) => each.section === key)!;
  const calls = { get, post, open, move, heard, say, write, view, section, standing };
  return { table, documentId, members, facilitator, ...calls };
}

/** Appends a paragraph to a joint section, or to the writer's circle's own, as a committed write; gives what the store said. */
export const writeJoint = (
  deps: Deps,
  who: TestPerson,
  documentId: string,
  section: string,
  text: string,
  audience: 'partnership' | 'circle' = 'partnership',
) =>
  writeIn(deps, who, { documentId, section, audience }, (doc) =>
    appendBlocks(doc, [{ kind: 'paragraph', runs: [{ text }] }]),
  );

/** Commits what `edit` makes of an empty document, whatever stands in the room. */
export async function writeIn(
  deps: Deps,
  who: TestPerson,
  place: { documentId: string; section: string; audience: 'partnership' | 'circle' },
  edit: (doc: Y.Doc) => void,
) {
  const document = await readDocument(deps.db, place.documentId as DocumentId);
  const rooms = await roomsOfDocument(deps, document, who.seat.circleId as CircleId);
  const room = rooms.find(({ key }) => key === place.section)!.rooms[place.audience] as RoomId;
  const { lineage } = (await deps.db('rooms').where({ id: room }).first()) as { lineage: Lineage };
  const doc = new Y.Doc();
  edit(doc);
  const bytes = Y.encodeStateAsUpdate(doc);
  const [result] = await createKnexUpdateStore(deps).commit([{ room, lineage, seats: [who.seat.id], bytes }]);
  return result!;
}

/** What a member who looks now sees of the circle's own page, as a browser names it when it shares that. */
export async function seenBy(
  deps: Deps,
  who: TestPerson,
  documentId: string,
  section: string,
): Promise<string> {
  const document = { id: documentId as DocumentId, kind: 'definition' as const };
  return wordsSeen(await readCircleText(deps, document, section, who.seat.circleId as CircleId));
}
