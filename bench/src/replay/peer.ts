import type { RoomId } from '@longtable/shared/ids';
import type * as Y from 'yjs';
import { connectTable } from '../../../client/src/rooms/connection.ts';
import type { Person } from './table.ts';
import { createWireMeter, type WireMeter } from './wire-meter.ts';
import type { Writer } from './writer.ts';

/**
 * Edits that may wait behind a push in flight. Fewer, and the session is replayed hardly faster than it
 * was typed; more, and acknowledgements measure how long a queue we made ourselves is.
 */
const MAX_UNSENT_EDITS = 100;

/** A wait this long in which nothing else happened either will not end by itself. */
const STALLED_MS = 60_000;

/** The client that people use, without a screen: it reconnects, joins again and sends what is unsent by itself. */
export interface Peer extends Writer {
  readonly name: string;
  readonly meter: WireMeter;
  /** Changes with each join, and only then. */
  readonly clientId: number;
  readonly isSaved: boolean;
  readonly isReady: boolean;
  close(): void;
}

export function connectPeer(name: string, url: string, person: Person, roomId: RoomId): Peer {
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const ask of [...waiting]) ask();
  };
  let unsentEdits = 0;
  const meter = createWireMeter(() => {
    unsentEdits = 0;
    changed();
  }, changed);

  const connection = connectTable({
    seat: person.seatId,
    url,
    options: { transports: [meter.transport], extraHeaders: { cookie: person.cookie } },
  });
  const room = connection.openRoom(roomId);
  const { doc } = room;
  doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (transaction.local) unsentEdits += 1;
    changed();
  });
  room.subscribe(changed);
  connection.subscribe(changed);

  const trouble = (): string | null => {
    const { refused, closed } = room.getView();
    if (refused) return `the server refused its words (${refused.code})`;
    if (closed) return `the server put it out of the room (${closed})`;
    if (room.doc !== doc) return 'the server made it start again with an empty document';
    const { state } = connection.getView();
    return state === 'signedOut' || state === 'oldClient' ? `the server did not let it in (${state})` : null;
  };

  const until = (condition: () => boolean, what: string): Promise<void> => {
    const settled = (): boolean => {
      const reason = trouble();
      if (reason) throw new Error(`${name}: ${reason}.`);
      return condition();
    };
    return new Promise((resolve, reject) => {
      let stalled: NodeJS.Timeout;
      const ask = (): void => {
        clearTimeout(stalled);
        try {
          if (settled()) {
            waiting.delete(ask);
            resolve();
            return;
          }
        } catch (error) {
          waiting.delete(ask);
          reject(error as Error);
          return;
        }
        stalled = setTimeout(() => {
          waiting.delete(ask);
          reject(new Error(`${name} waited ${STALLED_MS / 1_000} s in vain for ${what}.`));
        }, STALLED_MS);
      };
      waiting.add(ask);
      ask();
    });
  };

  return {
    name,
    doc,
    meter,
    until,
    ready: async () => {
      if (unsentEdits >= MAX_UNSENT_EDITS)
        await until(() => unsentEdits < MAX_UNSENT_EDITS, 'its words to leave');
    },
    get clientId() {
      return doc.clientID;
    },
    get isSaved() {
      return room.getView().saved === 'saved';
    },
    get isReady() {
      const { isReady, canWrite } = room.getView();
      return isReady && canWrite;
    },
    close: () => {
      waiting.clear();
      connection.close();
    },
  };
}
