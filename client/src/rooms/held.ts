import * as Y from 'yjs';

/**
 * Whether the server, by its state vector, lacks something that is here and is not waiting to be sent: it has then
 * lost what it once acknowledged. `unsent` gives the first clock of each clientID that still waits.
 */
export function isLost(doc: Y.Doc, unsent: ReadonlyMap<number, number>, serverVector: Uint8Array): boolean {
  const server = Y.decodeStateVector(serverVector);
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const held = server.get(client) ?? 0;
    if (clock > held && (unsent.get(client) ?? Infinity) > held) return true;
  }
  return false;
}

/** Whether the server, by its state vector, has something that is not here. */
export function isBehind(doc: Y.Doc, serverVector: Uint8Array): boolean {
  return [...Y.decodeStateVector(serverVector)].some(
    ([client, clock]) => Y.getState(doc.store, client) < clock,
  );
}

/** How far a document follows the room's log: everything up to `seq` is in it. Null where that is not known. */
export class Followed {
  seq: number | null = null;

  /** Taken in, or written here and acknowledged. What comes after a gap does not count. */
  took(fromSeq: number, toSeq: number): void {
    if (this.seq !== null && fromSeq <= this.seq + 1 && toSeq > this.seq) this.seq = toSeq;
  }
}
