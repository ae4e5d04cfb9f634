import { randomUUID } from 'node:crypto';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { createRoomChecker } from '@longtable/shared/documents/model/check';
import { readSection } from '@longtable/shared/documents/model/read-section';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { CircleId, DocumentId, Lineage, PresenceId, RoomId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import type { Deps } from '../../platform/deps.ts';
import type { Socket } from '../../platform/sockets.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { findRoomsOfDocument, insertRooms, type NewRoom, type RoomRow } from './rooms.repository.ts';

/** Told when a socket enters or leaves a room, by whatever way. */
export interface RoomListener {
  entered(socket: Socket, room: RoomId, presenceId: PresenceId): void;
  left(socket: Socket, room: RoomId): void;
}

/** A section's rooms as one reader may name them. */
export interface SectionRooms {
  key: string;
  rooms: { partnership: RoomId; circle: RoomId | null };
}

/**
 * The rooms of a document that a reader may see: the joint one of each section and, for a member, that of
 * their circle. Rooms come into being here, on the first look.
 */
export async function roomsOfDocument(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  document: { id: DocumentId; kind: DocumentKind },
  circle: CircleId | null,
): Promise<SectionRooms[]> {
  const { sections } = templateFor(document.kind);
  const audiences = circle === null ? [null] : [null, circle];
  const places = sections.flatMap(({ key }) => audiences.map((audience) => placeKey(key, audience)));
  let known = byPlace(await findRoomsOfDocument(db, document.id));
  if (places.some((place) => !known.has(place))) {
    await makeRooms({ db, keyring }, document.id, sections, audiences, known);
    known = byPlace(await findRoomsOfDocument(db, document.id));
  }
  const roomAt = (key: string, audience: CircleId | null): RoomId => {
    const room = known.get(placeKey(key, audience));
    if (!room) throw new Error(`section ${key} has no room`);
    return room.id;
  };
  return sections.map(({ key }) => ({
    key,
    rooms: { partnership: roomAt(key, null), circle: circle && roomAt(key, circle) },
  }));
}

const placeKey = (section: string, circle: CircleId | null) => `${section}/${circle ?? ''}`;

const byPlace = (rows: RoomRow[]) => new Map(rows.map((row) => [placeKey(row.section, row.circle_id), row]));

async function makeRooms(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  document: DocumentId,
  sections: readonly Section[],
  audiences: readonly (CircleId | null)[],
  known: ReadonlyMap<string, RoomRow>,
): Promise<void> {
  const rooms: NewRoom[] = [];
  for (const { key } of sections) {
    for (const circle of audiences) {
      if (known.has(placeKey(key, circle))) continue;
      rooms.push({
        id: randomUUID() as RoomId,
        document_id: document,
        section: key,
        circle_id: circle,
        key_id: await keyring.createKey(),
        lineage: randomUUID() as Lineage,
      });
    }
  }
  await insertRooms(db, rooms);
  // Someone who looked at the same moment may have been first; the keys of our unused rooms protect nothing.
  const kept = new Set((await findRoomsOfDocument(db, document)).map((row) => row.id));
  await Promise.all(
    rooms.filter((room) => !kept.has(room.id)).map((room) => keyring.destroyKey(room.key_id)),
  );
}

/**
 * The committed joint text of a document, sections in template order. Circles' own rooms are never read
 * here. Sections without a room yet are there, empty.
 */
export async function readJointSections(
  deps: Pick<Deps, 'db' | 'keyring'>,
  document: { id: DocumentId; kind: DocumentKind },
): Promise<CanonicalSection[]> {
  const store = createKnexUpdateStore(deps);
  const rooms = byPlace(await findRoomsOfDocument(deps.db, document.id));
  const sections: CanonicalSection[] = [];
  for (const section of templateFor(document.kind).sections) {
    const doc = new Y.Doc();
    createRoomChecker(doc, section, 'partnership');
    const room = rooms.get(placeKey(section.key, null));
    const state = room && room.head_seq > 0 ? await store.load(room.id) : null;
    if (state?.snapshot) Y.applyUpdateV2(doc, state.snapshot);
    doc.transact(() => state?.tail.forEach((update) => Y.applyUpdate(doc, update.bytes)));
    sections.push(readSection(doc, section, 'partnership'));
    doc.destroy();
  }
  return sections;
}
