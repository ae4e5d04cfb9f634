import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import type { CircleId, Lineage, RoomId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import { createKnexUpdateStore } from '../features/rooms/knex-update-store.ts';
import { roomsOfDocument } from '../features/rooms/rooms.service.ts';
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
  return { table, documentId, members, facilitator, get, post, open, move, heard, say, write };
}

/** Appends a paragraph to a joint section, or to the writer's circle's own, as a committed write; gives what the store said. */
export async function writeJoint(
  deps: Deps,
  who: TestPerson,
  documentId: string,
  section: string,
  text: string,
  audience: 'partnership' | 'circle' = 'partnership',
) {
  const document = { id: documentId, kind: 'definition' } as Parameters<typeof roomsOfDocument>[1];
  const rooms = await roomsOfDocument(deps, document, who.seat.circleId as CircleId);
  const room = rooms.find(({ key }) => key === section)!.rooms[audience] as RoomId;
  const { lineage } = (await deps.db('rooms').where({ id: room }).first()) as { lineage: Lineage };
  const doc = new Y.Doc();
  appendBlocks(doc, [{ kind: 'paragraph', runs: [{ text }] }]);
  const bytes = Y.encodeStateAsUpdate(doc);
  const [result] = await createKnexUpdateStore(deps).commit([{ room, lineage, seat: who.seat.id, bytes }]);
  return result!;
}
