import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Server } from 'socket.io';
import type { RoomId } from '@longtable/shared/ids';
import { channel, type Io } from '../../platform/sockets.ts';
import { createHeadTeller } from './head-teller.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('R41 remembers heads only while somebody watches, with other nodes or without', async () => {
  const io: Io = new Server();
  const { adapter } = io.of('/');
  const heads = createHeadTeller(io);
  const [watched, left, never] = [randomUUID() as RoomId, randomUUID() as RoomId, randomUUID() as RoomId];
  await adapter.addAll('one', new Set([channel.head(watched), channel.head(left)]));
  for (const room of [watched, left, never]) heads.watch(room, 1);
  expect(heads.watched()).toEqual([watched, left]);
  await adapter.addAll('two', new Set([channel.head(watched)]));
  adapter.delAll('one');
  for (const room of [watched, left, never]) heads.tell(room, 2);
  expect(heads.watched()).toEqual([watched]);
  adapter.delAll('two');
  expect(heads.watched()).toEqual([]);
  heads.close();
});
