import { randomUUID } from 'node:crypto';
import type { CanonicalBlock, CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { createRoomChecker } from '@longtable/shared/documents/model/check';
import { readLifted, readSection } from '@longtable/shared/documents/model/read-section';
import type { Audience } from '@longtable/shared/documents/rooms';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionOf, templateFor } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, DocumentId, Lineage, PresenceId, RoomId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import type { Db, Deps } from '../../platform/deps.ts';
import type { Keyring, KeyId } from '../../platform/keyring.ts';
import type { Socket } from '../../platform/sockets.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import {
  findJointRooms,
  findKeyId,
  findRoomsOfDocument,
  insertRooms,
  lockRooms,
  type NewRoom,
  type RoomRow,
  setOpen,
} from './rooms.repository.ts';

/** Told when a socket enters or leaves a room, by whatever way. */
export interface RoomListener {
  entered(socket: Socket, room: RoomId, presenceId: PresenceId): void;
  left(socket: Socket, room: RoomId): void;
}

/** The key of a room's words; null where the room is gone. */
export const roomKey = (db: Db, room: RoomId): Promise<KeyId | null> => findKeyId(db, room);

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
  const rooms = byPlace(await findRoomsOfDocument(deps.db, document.id));
  const sections: CanonicalSection[] = [];
  for (const section of templateFor(document.kind).sections) {
    const room = rooms.get(placeKey(section.key, null));
    sections.push((await readRoom(deps, section, written(room))).content);
  }
  return sections;
}

/** Where a joint room stands. The same lineage, epoch and sequence are the same words. */
export type JointHead = Pick<RoomRow, 'lineage' | 'epoch'> & { seq: number };

/** By document and section, in one question; of a room that is not there yet, nothing. */
export async function jointHeads(
  db: Db,
  documents: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, ReadonlyMap<string, JointHead>>> {
  const heads = new Map(documents.map((id) => [id, new Map<string, JointHead>()]));
  for (const { document_id, section, lineage, epoch, head_seq } of await findJointRooms(db, documents))
    heads.get(document_id)?.set(section, { lineage, epoch, seq: head_seq });
  return heads;
}

/** One joint section as committed, with the rows that were lifted out of what is agreed. */
export async function readJointSection(
  deps: Pick<Deps, 'db' | 'keyring'>,
  document: { id: DocumentId; kind: DocumentKind },
  key: string,
): Promise<SectionContent> {
  const section = sectionOf(document.kind, key);
  const rooms = byPlace(await findRoomsOfDocument(deps.db, document.id));
  return readRoom(deps, section, written(rooms.get(placeKey(key, null))));
}

/**
 * The running text that a circle has committed in its own room of a section, for a service that puts it before
 * others when the circle asks for it. The circle's own fields never leave by this door.
 */
export async function readCircleText(
  deps: Pick<Deps, 'db' | 'keyring'>,
  document: { id: DocumentId; kind: DocumentKind },
  key: string,
  circle: CircleId,
): Promise<CanonicalBlock[]> {
  const section = sectionOf(document.kind, key);
  const rooms = byPlace(await findRoomsOfDocument(deps.db, document.id));
  const room = written(rooms.get(placeKey(key, circle)));
  return (await readRoom(deps, section, room, 'circle')).content.blocks;
}

/** A joint room in which words of circles are quoted, by the ids that its quotes name; one that says nothing any more is a gap. */
export interface QuotingRoom {
  roomId: RoomId;
  isOpen: boolean;
  cites: string[];
  gaps: string[];
  /** Nobody can open it now, so that `cites` and `gaps` say nothing; with its key put back it may quote anything. */
  isUnreadable: boolean;
}

/** Where words of circles are quoted in the joint text of a document, as committed; and where that cannot be known. */
export async function readQuotes(
  deps: Pick<Deps, 'db' | 'keyring'>,
  document: { id: DocumentId; kind: DocumentKind },
): Promise<QuotingRoom[]> {
  const rooms = byPlace(await findRoomsOfDocument(deps.db, document.id));
  const quoting: QuotingRoom[] = [];
  for (const section of templateFor(document.kind).sections) {
    const room = rooms.get(placeKey(section.key, null));
    const { content, isUnreadable } = await readRoom(deps, section, written(room));
    const { blocks } = content;
    const cites = blocks.flatMap(({ cites: id, runs }) => (id !== undefined && runs.length > 0 ? [id] : []));
    const gaps = blocks.flatMap(({ cites: id, runs }) => (id !== undefined && runs.length === 0 ? [id] : []));
    if (room && (isUnreadable || cites.length + gaps.length > 0))
      quoting.push({ roomId: room.id, isOpen: room.is_open, cites, gaps, isUnreadable });
  }
  return quoting;
}

/** A room with nothing in it need not be read. */
const written = (room: RoomRow | undefined): RoomId | null => (room && room.head_seq > 0 ? room.id : null);

export interface SectionContent {
  content: CanonicalSection;
  lifted: CanonicalField[];
  /** Whether words stand there that nobody can open, their key being gone. They count as none, and must be said to. */
  isUnreadable: boolean;
}

async function readRoom(
  deps: Pick<Deps, 'db' | 'keyring'>,
  section: Section,
  room: RoomId | null,
  audience: Audience['kind'] = 'partnership',
): Promise<SectionContent> {
  const doc = new Y.Doc();
  createRoomChecker(doc, section, audience);
  const loaded = room && (await createKnexUpdateStore(deps).load(room).catch(orUnreadable));
  const isUnreadable = loaded === UNREADABLE;
  const state = isUnreadable ? null : loaded;
  if (state?.snapshot) Y.applyUpdateV2(doc, state.snapshot);
  doc.transact(() => state?.tail.forEach((update) => Y.applyUpdate(doc, update.bytes)));
  const read = {
    content: readSection(doc, section, audience),
    lifted: readLifted(doc, section, audience),
    isUnreadable,
  };
  doc.destroy();
  return read;
}

const UNREADABLE = Symbol('unreadable');

function orUnreadable(error: unknown): typeof UNREADABLE {
  if (error instanceof LongtableError && error.code === 'unreadable') return UNREADABLE;
  throw error;
}

/** A joint section made read-only, with exactly what it says. */
export interface PinnedRoom extends SectionContent {
  roomId: RoomId;
  section: string;
}

/**
 * Makes joint rooms read-only and reads what they say, in the caller's transaction and under the locks that
 * writes take: a write that was acknowledged is in what is read, any other is refused. Circles' own rooms
 * stay open. After the commit, call `announceRooms`.
 *
 * @throws LongtableError notNow where one of them is read-only already, unreadable where the key of one is gone, with
 * nothing changed
 */
export async function pinRooms(
  { trx, keyring }: { trx: Db; keyring: Keyring },
  document: { id: DocumentId; kind: DocumentKind },
  sections: readonly string[],
): Promise<PinnedRoom[]> {
  const places = byPlace(await findRoomsOfDocument(trx, document.id));
  const found = sections.map((key) => {
    const room = places.get(placeKey(key, null));
    if (!room) throw new Error(`section ${key} has no room`);
    return { section: sectionOf(document.kind, key), id: room.id };
  });
  const ids = found.map(({ id }) => id);
  if ((await lockRooms(trx, ids)).some((room) => !room.is_open)) throw new LongtableError('notNow');
  await setOpen(trx, ids, false);
  const pinned: PinnedRoom[] = [];
  for (const { section, id } of found) {
    const read = await readRoom({ db: trx, keyring }, section, id);
    if (read.isUnreadable) throw new LongtableError('unreadable');
    pinned.push({ roomId: id, section: section.key, ...read });
  }
  return pinned;
}

/** Lets members write in joint rooms again. After the commit, call `announceRooms`. */
export async function reopenRooms(trx: Db, rooms: readonly RoomId[]): Promise<void> {
  await lockRooms(trx, rooms);
  await setOpen(trx, rooms, true);
}

/** Has everyone in these rooms join again, and so learn whether they may write there now. */
export function announceRooms({ bus }: Pick<Deps, 'bus'>, rooms: readonly RoomId[]): void {
  for (const roomId of rooms) bus.publish({ kind: 'room', roomId });
}
