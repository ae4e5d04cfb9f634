import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RoomId, SeatId } from '@longtable/shared/ids';
import { createLogger } from '../../platform/logger.ts';
import { channel, type Io } from '../../platform/sockets.ts';
import { checkLeases } from './leases.ts';
import type { RoomAccess, SeatInRoom } from './update-store.ts';

/** A connection that sits in some rooms and follows the head of others. */
const connection = (sits: readonly RoomId[], follows: readonly RoomId[] = []) => {
  const rooms = new Set([...sits.map(channel.room), ...follows.map(channel.head)]);
  const told: unknown[] = [];
  return {
    id: randomUUID(),
    data: { person: { seatId: randomUUID() as SeatId } },
    rooms,
    told,
    leave: (name: string) => rooms.delete(name),
    emit: (_event: string, message: unknown) => told.push(message),
  };
};

it('R20 puts out who may not read any more, of all connections by one question, and nobody else', async () => {
  const [one, other] = [randomUUID() as RoomId, randomUUID() as RoomId];
  const [stays, loses, idle] = [connection([one], [other]), connection([one, other], [one]), connection([])];
  const connections = [stays, loses, idle];
  const questions: SeatInRoom[][] = [];
  const left: string[] = [];
  const engine = {
    heads: async (asked: readonly SeatInRoom[]) => {
      questions.push([...asked]);
      return asked
        .filter(({ seat, room }) => seat !== loses.data.person.seatId || room === other)
        .map(({ seat, room }) => ({ seat, room: { id: room } }) as RoomAccess);
    },
    leave: ({ id }: { id: string }, room: RoomId) => void left.push(`engine ${id} ${room}`),
  };
  const io = { sockets: { sockets: new Map(connections.map((each) => [each.id, each])) } };
  const listener = {
    entered: () => {},
    left: ({ id }: { id: string }, room: RoomId) => void left.push(`listener ${id} ${room}`),
  };
  await checkLeases(io as unknown as Io, engine, { logger: createLogger({ level: 'silent' }) }, listener);

  expect(questions).toHaveLength(1);
  expect(questions[0]).toHaveLength(4);
  expect([...stays.rooms]).toEqual([channel.room(one), channel.head(other)]);
  expect(stays.told).toEqual([]);
  expect([...loses.rooms]).toEqual([channel.room(other)]);
  expect(loses.told).toEqual([{ room: one, code: 'notFound' }]);
  expect(left).toEqual([`engine ${loses.id} ${one}`, `listener ${loses.id} ${one}`]);
});
