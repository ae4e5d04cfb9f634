import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type RunningServer, startServer } from '../../../../e2e/support/server.ts';
import { startTestRedis, type TestRedis } from '../../../../server/src/testing/test-redis.ts';
import { pause } from '../../bench/wait.ts';
import { NotHere } from '../fault-found.ts';
import { type Length, type Scenario, type Setting, withStage } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';

const ROUNDS: Record<Length, number> = { quick: 1, usual: 3, long: 20 };

interface Nodes {
  redis: TestRedis;
  /** Each node's own way to Redis. */
  links: TcpProxy[];
  /** The second and third; the first is the stage's. */
  others: RunningServer[];
}

/**
 * Three nodes on one PostgreSQL, with two writers at each. Two of them cannot reach Redis, by a cut or in silence;
 * Redis is emptied, killed and started with nothing in it; a node is killed. Meanwhile, too, everyone hears of
 * everything.
 */
export const severalNodes: Scenario = async (setting) => {
  if (spawnSync('redis-server', ['--version']).status !== 0) throw new NotHere('needs redis-server');
  const settings = {
    databaseUrl: await setting.database(),
    env: { KEYS_DATABASE_URL: await setting.database() },
  };
  const redis = await startTestRedis();
  const nodes: Nodes = { redis, links: [], others: [] };
  try {
    const redisPort = Number(new URL(redis.url).port);
    for (let node = 0; node < 3; node++) nodes.links.push(await startTcpProxy(redisPort));
    const optionsOf = (link: TcpProxy | undefined) => ({
      ...settings,
      env: { ...settings.env, REDIS_URL: `redis://127.0.0.1:${link?.port}` },
    });
    const through = async (first: RunningServer): Promise<string[]> => {
      for (const link of nodes.links.slice(1)) nodes.others.push(await startServer(optionsOf(link)));
      return [first.url, ...nodes.others.map(({ url }) => url)];
    };
    return await withStage(setting, { ...optionsOf(nodes.links[0]), through }, async (stage) => {
      for (let round = 1; round <= ROUNDS[setting.length]; round++) {
        await partition(setting, stage, nodes);
        await loseRedis(setting, stage, nodes);
        await killNode(setting, stage, nodes);
        setting.progress(`${round} of ${ROUNDS[setting.length]} rounds`);
      }
      return `${ROUNDS[setting.length]} times two of three without Redis, Redis emptied and killed, a node killed`;
    });
  } finally {
    for (const other of nodes.others) await other.stop();
    for (const link of nodes.links) await link.stop();
    await redis.kill();
  }
};

async function partition({ random, length }: Setting, stage: Stage, { links }: Nodes): Promise<void> {
  const alone = links.slice(1);
  for (const link of alone) {
    if (random.chance(0.5)) link.cut();
    link.freeze();
  }
  await pause(random.between(500, length === 'quick' ? 1_000 : 12_000));
  await stage.inStep();
  for (const link of alone) {
    if (random.chance(0.5)) link.cut();
    link.thaw();
  }
  await stage.allWell();
}

async function loseRedis({ random }: Setting, stage: Stage, { redis }: Nodes): Promise<void> {
  await flush(redis);
  await pause(random.between(0, 500));
  await redis.kill();
  await pause(random.between(0, 1_000));
  await stage.inStep();
  await redis.start();
  await stage.allWell();
}

async function killNode({ random }: Setting, stage: Stage, { others }: Nodes): Promise<void> {
  const victim = random.pick(others);
  await victim.kill('SIGKILL');
  await pause(random.between(0, 1_000));
  stage.expectAlive();
  await victim.restart();
  await stage.allWell();
  await stage.inStep();
}

async function flush({ url }: TestRedis): Promise<void> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('FLUSHALL\r\n');
  await once(socket, 'data');
  socket.destroy();
}
