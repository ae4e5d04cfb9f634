import { createHash } from 'node:crypto';
import { canonicalText } from '@longtable/shared/documents/canonical-bytes';
import { createRoomChecker } from '@longtable/shared/documents/model/check';
import { readSection } from '@longtable/shared/documents/model/read-section';
import { isAllTyped, readWhole } from '@longtable/shared/documents/model/read-whole';
import type { Audience } from '@longtable/shared/documents/rooms';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import * as Y from 'yjs';
import type { RoomRecord } from './update-store.ts';

/** Which section's document it is, hence which types its roots have. */
export interface RoomPlace {
  kind: DocumentKind;
  section: string;
  audience: Audience['kind'];
}

export const placeOf = ({ kind, section, circleId }: RoomRecord): RoomPlace => ({
  kind,
  section,
  audience: circleId === null ? 'partnership' : 'circle',
});

/** A room's bytes in clear, and what to make of them. No key, no id, no name. */
export interface RewriteJob {
  /**
   * `compact` keeps every clientID and clock and drops deleted text; `flatten` writes the same content as one
   * server author, so that nobody can tell any more who wrote which character.
   */
  as: 'compact' | 'flatten';
  place: RoomPlace;
  /** Yjs v2. */
  snapshot: Uint8Array | null;
  /** Yjs v1, in order. */
  tail: readonly Uint8Array[];
}

export interface Rewritten {
  /** Yjs v2. */
  snapshot: Uint8Array;
  /** The state vector of the snapshot: joins need it, and reading it back out of the snapshot takes time. */
  vector: Uint8Array;
}

/** The author of flattened text. Ids of people are drawn at random, and a room that has this one gives it to nobody. */
export const SERVER_AUTHOR = 1;

/**
 * Never by `Y.mergeUpdates`: 60,000 keystrokes take it two minutes, and it keeps deleted text.
 * @throws Error where what would be stored does not read back as what was given
 */
export function rewrite({ as, place, snapshot, tail }: RewriteJob): Rewritten {
  const held = loadDoc({ place, snapshot, tail });
  if (held.store.pendingStructs ?? held.store.pendingDs) throw new Error('the log has a hole');
  const written = as === 'flatten' ? flatten(held, place) : held;
  const bytes = Y.encodeStateAsUpdateV2(written);
  const vector = Y.encodeStateVector(written);
  // What it says is taken from the document as it was before; what is stored must say the same.
  verifySnapshot(place, bytes, { digest: digestOf(held, place), vector });
  return { snapshot: bytes, vector };
}

/**
 * Reads a snapshot back as a stranger would, and compares.
 * @throws Error where state vector or digest differ
 */
export function verifySnapshot(
  place: RoomPlace,
  snapshot: Uint8Array,
  expected: { digest: string; vector: Uint8Array },
): void {
  const doc = openDoc(place);
  Y.applyUpdateV2(doc, snapshot);
  const isSame =
    !(doc.store.pendingStructs ?? doc.store.pendingDs) &&
    sameVector(Y.encodeStateVector(doc), expected.vector) &&
    digestOf(doc, place) === expected.digest;
  if (!isSame) throw new Error('a snapshot does not read back as what it was made of');
}

/** SHA-256 over canonical content v1 and, stricter, over all that the document says (`readWhole`). */
export function digestOf(doc: Y.Doc, { kind, section, audience }: RoomPlace): string {
  const canonical = canonicalText(readSection(doc, sectionOf(kind, section), audience));
  return createHash('sha256')
    .update(canonical)
    .update('\0')
    .update(JSON.stringify(readWhole(doc)))
    .digest('hex');
}

/** A room's document as stored: text that was deleted is gone from it. */
export function loadDoc({ place, snapshot, tail }: Omit<RewriteJob, 'as'>): Y.Doc {
  const doc = openDoc(place);
  if (snapshot) Y.applyUpdateV2(doc, snapshot);
  doc.transact(() => tail.forEach((update) => Y.applyUpdate(doc, update)));
  return doc;
}

function openDoc({ kind, section, audience }: RoomPlace): Y.Doc {
  const doc = new Y.Doc();
  createRoomChecker(doc, sectionOf(kind, section), audience);
  return doc;
}

/** The same content under one clientID, in document order. */
function flatten(held: Y.Doc, place: RoomPlace): Y.Doc {
  if (!isAllTyped(held)) throw new Error('a room holds what no type is known of, and keeps its history');
  const doc = openDoc(place);
  doc.clientID = SERVER_AUTHOR;
  doc.transact(() => {
    for (const [name, type] of held.share) {
      const target = doc.share.get(name);
      if (target instanceof Y.Text && type instanceof Y.Text) target.applyDelta(type.toDelta());
      else if (target instanceof Y.Array && type instanceof Y.Array)
        target.push((type.toArray() as unknown[]).map(copyOf));
      else if (target instanceof Y.XmlFragment && type instanceof Y.XmlFragment)
        target.push(type.toArray().map((node) => copyOf(node) as Y.XmlElement));
    }
  });
  return doc;
}

const copyOf = (value: unknown): unknown =>
  value instanceof Y.AbstractType ? (value.clone() as unknown) : value;

/** Encodings of one vector may differ in order. */
function sameVector(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [Y.decodeStateVector(one), Y.decodeStateVector(other)];
  return a.size === b.size && [...a].every(([client, clock]) => b.get(client) === clock);
}
