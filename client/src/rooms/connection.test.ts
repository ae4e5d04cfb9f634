import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorCode } from '@longtable/shared/errors';
import type { SeatId } from '@longtable/shared/ids';
import { Server } from 'socket.io';
import { installPage, type TestPage } from '../testing/page.ts';
import { connectTable } from './connection.ts';
import type { ConnectionView, TableConnection } from './types.ts';

const seat = '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a01' as SeatId;

/** A Socket.io server that lets everybody in, or says why not. */
async function startServer(port = 0) {
  const web = http.createServer();
  const io = new Server(web);
  let refusal: ErrorCode | null = null;
  io.use((_socket, next) =>
    next(refusal === null ? undefined : Object.assign(new Error('refused'), { data: { code: refusal } })),
  );
  await new Promise<void>((resolve) => web.listen(port, '127.0.0.1', resolve));
  return {
    port: (web.address() as AddressInfo).port,
    refuse: (code: ErrorCode | null) => void (refusal = code),
    putAllOut: () => io.disconnectSockets(true),
    stop: () => io.close(),
  };
}

describe('the connection of one seat', () => {
  let page: TestPage;
  let server: Awaited<ReturnType<typeof startServer>>;
  let connection: TableConnection;

  /** Resolves when the connection is in this state, now or later. */
  const until = (state: ConnectionView['state']): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (connection.getView().state !== state) return;
        stop();
        resolve();
      };
      const stop = connection.subscribe(look);
      look();
    });

  /** Whoever draws this number waits for days: only what hurries comes in within a test. */
  const waitForDays = () => jest.spyOn(Math, 'random').mockReturnValue(1e5);

  beforeEach(async () => {
    page = installPage();
    server = await startServer();
    connection = connectTable({
      seat,
      url: `http://127.0.0.1:${server.port}`,
      options: { transports: ['websocket'] },
    });
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

  it('R27 notices on waking that it died in its sleep, before anything is sent into nothing', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.01);
    page.look(false);
    const nowMs = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(nowMs + 3_600_000);
    const isLost = until('offline');
    page.look(true);
    await isLost;
    await until('online');
  });

  it('asks again for nobody who is signed out, until somebody comes back in', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    server.refuse('signedOut');
    server.putAllOut();
    await until('signedOut');
    server.refuse(null);
    expect(connection.getView().state).toBe('signedOut');
    connection.reconnectNow();
    await until('online');
  });
});
