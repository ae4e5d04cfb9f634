import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { PushReply } from '@longtable/shared/protocol/socket/push';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { type ClientSocket, startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';

describeEachBackend('the processor time of one socket', (backend) => {
  let deps: TestDeps;
  let sockets: TestSockets;
  beforeAll(async () => {
    sockets = await startTestSockets(createTestDeps(backend.db));
    deps = sockets.deps;
  });
  afterAll(() => sockets.close());

  /** Into a room that it has not joined: refused, which costs the server a new copy of the room. */
  const pushInVain = async (socket: ClientSocket): Promise<string> => {
    const [room, lineage] = [randomUUID() as RoomId, randomUUID() as Lineage];
    const answer = await new Promise<PushReply>((resolve) =>
      socket.emit('push', { room, lineage, clientSeq: 1, bytes: 'AAA=' }, resolve),
    );
    return answer.ok ? 'taken' : answer.error.code;
  };

  /** How many refusals it gets before it must wait. */
  const spendAll = async (socket: ClientSocket): Promise<number> => {
    for (let refusals = 0; refusals < 110; refusals++) {
      const code = await pushInVain(socket);
      if (code === 'tooFast') return refusals;
      expect(code).toBe('resync');
    }
    return Infinity;
  };

  it('is bounded: whoever has spent it waits until it is paid back, and nobody else does', async () => {
    const { circles } = await startPartnership(deps);
    const [greedy, other] = [
      await sockets.connected(await seatedMember(deps, circles[0]!)),
      await sockets.connected(await seatedMember(deps, circles[1]!)),
    ];
    // A second is saved up, a refusal counts at least 25 ms, and this clock stands still.
    expect(await spendAll(greedy)).toBeLessThanOrEqual(41);
    const rooms = [{ room: randomUUID() as RoomId }];
    const joined = await new Promise((resolve) => greedy.emit('join', { rooms }, resolve));
    expect(joined).toMatchObject({ ok: true, rooms: [{ ok: false, error: { code: 'tooFast' } }] });
    expect(await pushInVain(other)).toBe('resync');

    // A quarter of each second is paid back: ten refusals.
    deps.clock.advanceMs(1_000);
    const paidBack = await spendAll(greedy);
    expect(paidBack).toBeGreaterThan(5);
    expect(paidBack).toBeLessThanOrEqual(11);
  });
});
