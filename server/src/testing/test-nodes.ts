import { afterAll, beforeAll, it } from '@jest/globals';
import { textFragment, BLOCK_NODE } from '@longtable/shared/documents/model/keys';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import type { RoomId } from '@longtable/shared/ids';
import type { Batch } from '@longtable/shared/protocol/socket/batch';
import type { JoinReply, JoinedRoom } from '@longtable/shared/protocol/socket/join';
import type { PushReply } from '@longtable/shared/protocol/socket/push';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { io } from 'socket.io-client';
import * as Y from 'yjs';
import { type Opened, openDeps } from '../compose.ts';
import { readEnv, readTestEnv } from '../env.ts';
import { type RunningServer, startServer } from '../server.ts';
import type { TestPerson } from './factories.ts';
import type { ClientSocket } from './sockets.ts';
import { type TestDatabases, withTestDatabases } from './test-databases.ts';
import { startTestRedis, type TestRedis } from './test-redis.ts';

export interface TestNodes {
  readonly nodes: readonly RunningServer[];
  /** For what happens on none of the nodes, such as a command of the admin. */
  readonly elsewhere: Opened['deps'];
  readonly redis: TestRedis;
  /** A tab on one node. */
  sit(person: Pick<TestPerson, 'cookie' | 'seat'>, room: RoomId, node: number): Promise<Sitting>;
  connect(person: Pick<TestPerson, 'cookie' | 'seat'>, node: number): ClientSocket;
}

export interface Sitting {
  socket: ClientSocket;
  doc: Y.Doc;
  joined: JoinedRoom;
  write(text: string): Promise<PushReply>;
  /** What the document says. */
  text(): string;
}

/** Runs a suite with whole servers over one PostgreSQL, one keys database and one Redis of its own, or says that it is skipped. */
export function withTestNodes(
  name: string,
  suite: (nodes: TestNodes, databases: TestDatabases) => void,
): void {
  const { redisUrl, isAllRequired } = readTestEnv();
  if (!redisUrl) {
    if (!isAllRequired)
      it.skip(`${name} skipped: set TEST_REDIS_URL=redis://… where redis-server is installed`, () => {});
    else
      it(name, () => {
        throw new Error('TEST_REDIS_URL is not set, and REQUIRE_ALL_TESTS=1 allows no skipping');
      });
    return;
  }
  withTestDatabases(name, (databases) => {
    const nodes: RunningServer[] = [];
    const sockets: ClientSocket[] = [];
    let redis: TestRedis;
    let elsewhere: Opened;

    beforeAll(async () => {
      redis = await startTestRedis();
      const settings = {
        PORT: '0',
        DATABASE_URL: await databases.create(),
        KEYS_DATABASE_URL: await databases.create(),
        REDIS_URL: redis.url,
      };
      elsewhere = await openDeps(readEnv(settings), () => {});
      for (let node = 0; node < 2; node += 1) nodes.push(await startServer(readEnv(settings), () => {}));
    }, 60_000);
    afterAll(async () => {
      for (const socket of sockets) socket.disconnect();
      for (const node of nodes) await node.close();
      for (const step of elsewhere?.closing ?? []) await step.close();
      await redis?.kill();
    }, 60_000);

    const connect: TestNodes['connect'] = ({ cookie, seat }, node) => {
      const socket: ClientSocket = io(nodes[node]!.publicUrl, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: { protocol: PROTOCOL_VERSION, content: CONTENT_VERSION, seat: seat.id },
        extraHeaders: { cookie },
      });
      sockets.push(socket);
      return socket;
    };

    suite(
      {
        nodes,
        get elsewhere() {
          return elsewhere.deps;
        },
        get redis() {
          return redis;
        },
        connect,
        sit: (person, room, node) => sit(connect(person, node), room),
      },
      databases,
    );
  });
}

async function sit(socket: ClientSocket, room: RoomId): Promise<Sitting> {
  const doc = new Y.Doc();
  const early: Batch[] = [];
  let hear = (batch: Batch): void => void early.push(batch);
  socket.on('batch', (batch) => hear(batch));
  const reply: JoinReply = await socket.emitWithAck('join', { rooms: [{ room }] });
  const [joined] = reply.ok ? reply.rooms : [];
  if (!joined?.ok) throw new Error(joined ? joined.error.code : 'the join was not answered');
  for (const { encoding, bytes } of joined.missing)
    (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
  doc.clientID = joined.clientId;
  hear = ([handle, , , bytes]) => {
    if (handle === joined.handle) Y.applyUpdate(doc, Buffer.from(bytes, 'base64'));
  };
  early.forEach(hear);
  return {
    socket,
    doc,
    joined,
    text: () => String(textFragment(doc)),
    write(text) {
      const before = Y.encodeStateVector(doc);
      doc.transact(() => {
        const block = new Y.XmlElement(BLOCK_NODE);
        block.setAttribute('kind', 'paragraph');
        block.insert(0, [new Y.XmlText(text)]);
        textFragment(doc).push([block]);
      });
      const bytes = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
      // Without a limit it would wait for ever on a connection that was closed.
      return socket
        .timeout(5_000)
        .emitWithAck('push', { room, lineage: joined.lineage, clientSeq: 1, bytes });
    },
  };
}
