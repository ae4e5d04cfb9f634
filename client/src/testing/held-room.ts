import { jest } from '@jest/globals';
import type { ErrorCode } from '@longtable/shared/errors';
import type { Lineage, PresenceId, RoomId } from '@longtable/shared/ids';
import type { JoinedRoom } from '@longtable/shared/protocol/socket/join';
import type { Push, PushReply } from '@longtable/shared/protocol/socket/push';
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { RoomSession } from '../rooms/room-session.ts';
import type { RoomWire } from '../rooms/room-wire.ts';

export const room = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a01' as RoomId;
export const lineage = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a02' as Lineage;
export const presenceId = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a03' as PresenceId;

export type HeldRoom = ReturnType<typeof holdRoom>;

/** A room as one tab holds it, and a server of its one document, which commits when it is told to. */
export function holdRoom() {
  const doc = new Y.Doc();
  const pushes: { push: Push; reply: (answer: PushReply) => void }[] = [];
  const wire = {
    isOnline: jest.fn(() => true),
    push: (push: Push, reply: (answer: PushReply) => void) => void pushes.push({ push, reply }),
    cursor: jest.fn(),
    rejoin: jest.fn(),
  } satisfies RoomWire;
  const session = new RoomSession(room, wire);
  const commit = (seq = 1) => {
    const next = pushes.shift();
    if (!next) throw new Error('nothing was pushed');
    Y.applyUpdate(doc, fromBase64(next.push.bytes));
    next.reply({ ok: true, clientSeq: next.push.clientSeq, seq });
  };
  const refuse = (code: ErrorCode) => {
    const next = pushes.shift();
    next?.reply({ ok: false, clientSeq: next.push.clientSeq, error: { code } });
  };
  let nextId = 100;
  const join = (change: Partial<JoinedRoom> = {}) => {
    const { stateVector } = session.joinRequest();
    const clientId = nextId++;
    session.onJoined({
      ok: true,
      room,
      handle: 'k3Jd',
      lineage,
      epoch: 1,
      seq: 1,
      stateVector: toBase64(Y.encodeStateVector(doc)),
      missing: [
        {
          encoding: 'v2',
          bytes: toBase64(Y.encodeStateAsUpdateV2(doc, stateVector ? fromBase64(stateVector) : undefined)),
        },
      ],
      clientId,
      ticket: `ticket ${clientId}`,
      canWrite: true,
      presenceId,
      ...change,
    });
  };
  const write = (text: string) => session.doc.getText('text:note').insert(0, text);
  const read = () => session.doc.getText('text:note').toString();
  return { doc, session, wire, pushes, commit, refuse, join, write, read };
}
