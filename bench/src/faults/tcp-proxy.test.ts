import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { until } from '../bench/wait.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of close) await each();
  close = [];
});

/** Somebody who says everything back, behind a proxy. */
async function connect(): Promise<{ proxy: TcpProxy; socket: Socket; heard(): string; isClosed(): boolean }> {
  const echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket)).listen(
    0,
    '127.0.0.1',
  );
  await once(echo, 'listening');
  const proxy = await startTcpProxy((echo.address() as { port: number }).port);
  const socket = createConnection(proxy.port, '127.0.0.1');
  let heard = '';
  let isClosed = false;
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => {}).on('close', () => (isClosed = true));
  await once(socket, 'connect');
  close.push(async () => {
    socket.destroy();
    await proxy.stop();
    echo.close();
  });
  return { proxy, socket, heard: () => heard, isClosed: () => isClosed };
}

it('passes on what is said, until it is cut', async () => {
  const { proxy, socket, heard, isClosed } = await connect();
  socket.write('hello');
  await until(() => heard() === 'hello', 'the echo');
  proxy.cut();
  await until(isClosed, 'the end');
});

it('is silent while it is frozen, tells nobody, and hands everything on afterwards', async () => {
  const { proxy, socket, heard, isClosed } = await connect();
  proxy.freeze();
  socket.write('late');
  const other = createConnection(proxy.port, '127.0.0.1');
  await once(other, 'connect');
  other.destroy();
  expect([heard(), isClosed()]).toEqual(['', false]);
  proxy.thaw();
  await until(() => heard() === 'late', 'the echo');
});

it('takes its time where it is slow', async () => {
  const { proxy, socket, heard } = await connect();
  proxy.slowTo(4_096);
  socket.write('x'.repeat(1_024));
  const ms = await until(() => heard().length === 1_024, 'the echo');
  expect(ms).toBeGreaterThan(250);
});
