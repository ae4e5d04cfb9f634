import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorCode } from '@longtable/shared/errors';
import type { RoomId, SeatId } from '@longtable/shared/ids';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import { Server } from 'socket.io';
import { installPage, type TestPage } from '../testing/page.ts';
import { connectTable } from './connection.ts';
import type { ConnectionView, TableConnection } from './types.ts';

const seat = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a01' as SeatId;
const room = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a02' as RoomId;
const otherRoom = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a03' as RoomId;

/** A Socket.io server that lets everybody in, or says why not. It answers, and has no rooms. */
async function startServer(port = 0) {
  const web = http.createServer();
  const io = new Server<ClientEvents, ServerEvents>(web);
  let refusal: ErrorCode | null = null;
  let refused = 0;
  let puttingOut = 0;
  io.use((_socket, next) => {
    if (refusal === null) return next();
    refused += 1;
    next(Object.assign(new Error('refused'), { data: { code: refusal } }));
  });
  io.on('connection', (socket) => {
    if (puttingOut > 0) {
      puttingOut -= 1;
      socket.disconnect(true);
    }
    socket.on('watch', (_request, reply) => reply({ ok: true, heads: [] }));
    socket.on('join', ({ rooms }, reply) => {
      const closed = { ok: false, error: { code: 'notFound' } } as const;
      reply({ ok: true, rooms: rooms.map((each) => ({ ...closed, room: each.room })) });
    });
  });
  await new Promise<void>((resolve) => web.listen(port, '127.0.0.1', resolve));
  return {
    port: (web.address() as AddressInfo).port,
    refuse: (code: ErrorCode | null) => void (refusal = code),
    refused: () => refused,
    /** The next so many are let in and put out before anything of theirs is answered. */
    putOutNext: (count: number) => void (puttingOut = count),
    putAllOut: () => io.disconnectSockets(true),
    stop: () => io.close(),
  };
}

describe('the connection of one seat', () => {
  let page: TestPage;
  let server: Awaited<ReturnType<typeof startServer>>;
  let connection: TableConnection;

  /** Resolves when the connection is in this state, now or later. */
  const until = (state: ConnectionView['state'], whose = connection): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (whose.getView().state !== state) return;
        stop();
        resolve();
      };
      const stop = whose.subscribe(look);
      look();
    });
  const connect = () =>
    connectTable({
      seat,
      url: `http://127.0.0.1:${server.port}`,
      options: { transports: ['websocket'] },
    });

  /** Whoever draws this number waits for days: only what hurries comes in within a test. */
  const waitForDays = () => jest.spyOn(Math, 'random').mockReturnValue(1e5);

  /** Draws almost nothing from each wait from here on; gives how long each might have been at most, in ms. */
  const collectWaits = () => {
    const drawn = 1e-6;
    jest.spyOn(Math, 'random').mockReturnValue(drawn);
    const timers = jest.spyOn(globalThis, 'setTimeout');
    return () =>
      timers.mock.calls
        .map(([, ms]) => Math.round((ms ?? 0) / drawn))
        .filter((limitMs) => limitMs > 0 && limitMs <= 10_000);
  };

  /** Resolves when what was asked before was answered. */
  const roundTrip = () =>
    new Promise<void>((resolve) => {
      const handle = connection.openRoom(otherRoom);
      handle.subscribe(() => {
        if (handle.getView().closed === null) return;
        handle.close();
        resolve();
      });
    });

  beforeEach(async () => {
    page = installPage();
    server = await startServer();
    connection = connect();
    await until('online');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    connection.close();
    await server.stop();
    page.remove();
  });

  const loseServer = async () => {
    waitForDays();
    await server.stop();
    await until('offline');
  };

  it('R27 comes back by itself after a wait', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.01);
    await server.stop();
    await until('offline');
    server = await startServer(server.port);
    await until('online');
  });

  it('R27 comes back at once when its device is in the network again, however long it would have waited', async () => {
    await loseServer();
    page.go('offline');
    server = await startServer(server.port);
    page.go('online');
    await until('online');
  });

  it('R27 comes back at once when somebody looks at its page again', async () => {
    await loseServer();
    page.look(false);
    server = await startServer(server.port);
    page.look(true);
    await until('online');
  });

  it('comes back at once after it was put out of all, when somebody looks', async () => {
    waitForDays();
    server.putAllOut();
    await until('offline');
    page.look(false);
    page.look(true);
    await until('online');
  });

  it('R27 notices on waking that it died in its sleep, before anything is sent into nothing, and is back at once', async () => {
    waitForDays();
    page.look(false);
    const nowMs = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(nowMs + 3_600_000);
    const isLost = until('offline');
    page.look(true);
    await isLost;
    await until('online');
  });

  it('R27 waits like everybody where its server goes after a wake, and the line was good', async () => {
    page.look(false);
    page.look(true);
    // What is asked now is answered after what the wake asked.
    await roundTrip();
    const waits = collectWaits();
    await server.stop();
    await until('offline');
    expect(waits()).toHaveLength(1);
  });

  it('asks again for nobody who is signed out, until somebody comes back in', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    server.refuse('signedOut');
    server.putAllOut();
    await until('signedOut');
    // As long as two others take, one after the other, to be told the same: by then it would have asked.
    for (let others = 0; others < 2; others++) {
      const other = connect();
      await until('signedOut', other);
      other.close();
    }
    expect(server.refused()).toBe(3);
    server.refuse(null);
    connection.reconnectNow();
    expect(connection.getView().state).toBe('connecting');
    await until('online');
  });

  describe('where a server lets everybody in and puts them out again', () => {
    const shortWaits = (count: number) => Array.from({ length: count }, () => 1_000);
    const putOutOften = async (times: number) => {
      const waits = collectWaits();
      server.putOutNext(times - 1);
      server.putAllOut();
      await until('offline');
      while (waits().length < times) await until('online').then(() => until('offline'));
      await until('online');
      return waits;
    };

    it('R27 waits ever longer, until it answers a join', async () => {
      connection.openRoom(room);
      const waits = await putOutOften(14);
      expect(waits()).toEqual([...shortWaits(12), 2_000, 4_000]);
      await roundTrip();
      server.putAllOut();
      await until('offline');
      expect(waits().at(-1)).toBe(1_000);
    });

    it('R27 waits shortly where no room is open: letting it in is all that it can do', async () => {
      const waits = await putOutOften(14);
      expect(waits()).toEqual(shortWaits(14));
    });
  });
});
