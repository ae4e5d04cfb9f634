import { randomUUID } from 'node:crypto';
import type { RoomId, SeatId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import type { Deps } from '../../platform/deps.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { noRelay } from '../../platform/room-relay.ts';
import { createRoomsEngine } from './rooms-engine.ts';

/** Writes in rooms without a browser, and by the same door: a join, a ticket, a push, a commit. */
export interface Pen {
  /** Resolves once what `edit` did is committed. @throws LongtableError, as a push does */
  write(seat: SeatId, room: RoomId, edit: (doc: Y.Doc) => void): Promise<void>;
  close(): Promise<void>;
}

export function createPen(deps: Pick<Deps, 'db' | 'keyring' | 'logger' | 'metrics'>): Pen {
  const engine = createRoomsEngine({
    store: createKnexUpdateStore(deps),
    keyring: deps.keyring,
    logger: deps.logger,
    metrics: deps.metrics,
    events: { batch: () => {}, head: () => {}, reopened: () => {}, failed: () => {} },
    relay: noRelay,
  });
  return {
    async write(seat, room, edit) {
      const visitor = { id: randomUUID(), seat };
      const { lineage, clientId, missing } = await engine.join(visitor, { room }, () => {});
      const doc = new Y.Doc();
      try {
        for (const { encoding, bytes } of missing)
          (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
        doc.clientID = clientId;
        const before = Y.encodeStateVector(doc);
        doc.transact(() => edit(doc));
        const bytes = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
        await engine.push(visitor, { room, lineage, clientSeq: 1, bytes });
      } finally {
        doc.destroy();
        engine.leave(visitor, room);
      }
    },
    close: () => engine.close(),
  };
}
