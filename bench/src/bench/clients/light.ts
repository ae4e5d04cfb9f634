import { createSocket } from '../../../../client/src/lib/socket.ts';
import { NodeWebSocket } from 'socket.io-client';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { LaidTable } from '../../replay/table.ts';
import { paragraphCount, paragraphOf } from '../paragraphs.ts';

/**
 * A page that only counts what comes and does not read it, so that hundreds of them leave the generator time.
 * It writes into a paragraph of its own, which no other writer touches, so it needs nothing that it left unread.
 */
export interface LightClient {
  isReady(): boolean;
  /** @returns the writer's clientID and the clock of the character. @throws where nobody would ever get it */
  type(): { client: number; clock: number };
  close(): void;
}

/** A server that is asked for more than it can says one of these. */
const PASSING = new Set(['tooFast', 'unavailable']);
const AGAIN_MS = 200;

export function lightLongtable(
  url: string,
  room: LaidTable['room'],
  { seatId, cookie }: LaidTable['people'][number],
  paragraph: number,
): LightClient {
  const socket = createSocket({
    seat: seatId,
    url,
    options: { transports: [NodeWebSocket], extraHeaders: { cookie } },
  });
  const doc = new Y.Doc();
  let lineage: string | null = null;
  let clientSeq = 0;
  let waiting: Uint8Array[] = [];
  let isInFlight = false;
  let lostBy: string | null = null;

  const push = (): void => {
    if (isInFlight || waiting.length === 0 || lineage === null) return;
    isInFlight = true;
    const taken = waiting.length === 1 && waiting[0] ? waiting[0] : Y.mergeUpdates(waiting);
    waiting = [];
    const message = { room, lineage, clientSeq: ++clientSeq, bytes: toBase64(taken) };
    socket.emit('push', message as never, (reply) => {
      if (!reply.ok && !PASSING.has(reply.error.code))
        throw new Error(`a light writer was refused (${reply.error.code})`);
      isInFlight = false;
      if (reply.ok) push();
      else {
        // As the real one does: the same words once more, after a moment.
        waiting.unshift(taken);
        setTimeout(push, AGAIN_MS);
      }
    });
  };
  socket.on('connect', () => {
    socket.emit('join', { rooms: [{ room }] }, (reply) => {
      const joined = reply.ok ? reply.rooms[0] : undefined;
      if (!joined?.ok) throw new Error('a light writer was not let in');
      for (const { encoding, bytes } of joined.missing)
        (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
      doc.clientID = joined.clientId;
      ({ lineage } = joined);
      doc.on('update', (update: Uint8Array) => {
        waiting.push(update);
        push();
      });
    });
  });
  socket.on('disconnect', (reason) => (lostBy = reason));
  socket.connect();
  return {
    isReady: () => lineage !== null,
    type() {
      // Its socket never connects again by itself, and words that go nowhere make a server look faster than it is.
      if (lostBy !== null) throw new Error(`a light writer lost its connection (${lostBy})`);
      return typeInto(doc, paragraph);
    },
    close: () => void socket.disconnect(),
  };
}

export function typeInto(doc: Y.Doc, paragraph: number): { client: number; clock: number } {
  if (paragraphCount(doc) <= paragraph) throw new Error('the paragraph of a light writer is missing');
  const clock = Y.getState(doc.store, doc.clientID);
  const text = paragraphOf(doc, paragraph);
  text.insert(text.length, 'a');
  return { client: doc.clientID, clock };
}
