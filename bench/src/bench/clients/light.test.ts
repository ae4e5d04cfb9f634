import { createServer, type Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import * as Y from 'yjs';
import type { LaidTable } from '../../replay/table.ts';
import { addParagraphs } from '../paragraphs.ts';
import { until } from '../wait.ts';
import { type LightClient, lightLongtable } from './light.ts';

let http: HttpServer;
let io: Server;
let writer: LightClient;

/** A server that lets everyone in and answers nothing else. */
beforeEach(async () => {
  const doc = new Y.Doc();
  addParagraphs(doc, 1);
  const bytes = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
  http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  io = new Server(http);
  io.on('connection', (socket) => {
    socket.on('join', (_rooms, reply: (answer: unknown) => void) => {
      const joined = { ok: true, missing: [{ encoding: 'v1', bytes }], clientId: 7, lineage: 'lineage' };
      reply({ ok: true, rooms: [joined] });
    });
  });
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const person = { seatId: 'seat', cookie: '' } as LaidTable['people'][number];
  writer = lightLongtable(url, 'room' as LaidTable['room'], person, 0);
  await until(() => writer.isReady(), 'the writer to join');
});

afterEach(async () => {
  writer.close();
  await io.close();
  http.close();
});

it('a light writer tells whose character it was, and which', () => {
  expect([writer.type(), writer.type()]).toEqual([
    { client: 7, clock: 0 },
    { client: 7, clock: 1 },
  ]);
});

it('a light writer does not type into nothing once its connection is lost', async () => {
  writer.type();
  io.disconnectSockets(true);
  const types = () => {
    try {
      writer.type();
      return true;
    } catch {
      return false;
    }
  };
  await until(() => !types(), 'the writer to hear of it');
  expect(() => writer.type()).toThrow(/lost its connection/);
});
