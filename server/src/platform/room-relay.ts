import type { RoomId } from '@longtable/shared/ids';
import type { Logger } from 'pino';
import { z } from 'zod';
import { KeyDestroyedError, type KeyId, type Keyring, type SealContext } from './keyring.ts';
import type { NodeLink } from './node-link.ts';

/** `batch`: what was committed. `taken`: tickets that somebody has presented. `presence`: cursors. */
export type RelayKind = 'batch' | 'taken' | 'presence';

/**
 * What nodes tell each other of one room. Sealed with the room's key and bound to the room, the kind and the place in
 * its log: whoever can read or write the link learns when a room is written in, and nothing else.
 */
export interface RoomRelay {
  readonly isShared: boolean;
  /** In order for each room. `place` is readable to the link. Never waits, never throws. */
  send(room: RoomId, kind: RelayKind, place: object, words: Uint8Array): void;
  listen(
    room: RoomId,
    kind: RelayKind,
    hear: (place: unknown, words: Uint8Array, from: string) => void,
  ): () => void;
}

/** For whoever has no other nodes to speak to. What they write is found by looking at the log. */
export const noRelay: RoomRelay = { isShared: false, send: () => {}, listen: () => () => {} };

const Sealed = z.object({ kind: z.string(), place: z.string().max(500), sealed: z.base64() });

/** Rooms whose key's name is remembered. */
const MAX_KNOWN = 10_000;

interface RelayDeps {
  link: NodeLink;
  keyring: Keyring;
  logger: Logger;
  /** Null where the room is gone. */
  keyOf(room: RoomId): Promise<KeyId | null>;
}

export function createRoomRelay({ link, keyring, logger, keyOf }: RelayDeps): RoomRelay {
  const keys = new Map<RoomId, KeyId>();
  const sending = new Map<RoomId, Promise<void>>();

  const keyFor = async (room: RoomId): Promise<KeyId | null> => {
    const known = keys.get(room);
    if (known) return known;
    const found = await keyOf(room);
    if (keys.size >= MAX_KNOWN) keys.clear();
    if (found) keys.set(room, found);
    return found;
  };

  const seal = async (room: RoomId, context: SealContext, words: Uint8Array): Promise<Buffer | null> => {
    for (let tries = 0; tries < 2; tries += 1) {
      const key = await keyFor(room);
      if (!key) return null;
      try {
        return await keyring.seal(key, context, words);
      } catch (error) {
        // The room has moved to a new key.
        if (!(error instanceof KeyDestroyedError)) throw error;
        keys.delete(room);
      }
    }
    return null;
  };

  const sendNow = async (room: RoomId, kind: RelayKind, place: string, words: Uint8Array): Promise<void> => {
    const sealed = await seal(room, contextOf(room, kind, place), words);
    if (sealed) link.send(channelOf(room), { kind, place, sealed: sealed.toString('base64') });
  };

  const warn = (error: unknown) => logger.warn({ err: error }, 'a message between nodes was lost');

  return {
    isShared: link.isShared,
    send(room, kind, place, words) {
      if (!link.isShared) return;
      const before = sending.get(room) ?? Promise.resolve();
      const sent = before.then(() => sendNow(room, kind, JSON.stringify(place), words)).catch(warn);
      sending.set(room, sent);
      void sent.then(() => sending.get(room) === sent && sending.delete(room));
    },
    listen(room, kind, hear) {
      let last = Promise.resolve();
      return link.listen(channelOf(room), (message, from) => {
        const parsed = Sealed.safeParse(message);
        if (!parsed.success || parsed.data.kind !== kind) return;
        const { place, sealed } = parsed.data;
        const opening = keyring.open(contextOf(room, kind, place), Buffer.from(sealed, 'base64'));
        // Opened side by side, heard in the order in which they came.
        last = Promise.all([opening, last])
          .then(([words]) => hear(JSON.parse(place), words, from))
          .catch(warn);
      });
    },
  };
}

const channelOf = (room: RoomId) => `room:${room}`;

const contextOf = (room: RoomId, kind: RelayKind, place: string): SealContext => ({
  table: 'node link',
  column: kind,
  row: `${room}/${place}`,
  audience: 'nodes',
});
