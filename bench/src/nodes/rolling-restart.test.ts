import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, jest } from '@jest/globals';
import { freePort, type RunningServer, startServer } from '../../../e2e/support/server.ts';
import { addBlock, firstText } from '../replay/block-text.ts';
import { createFreshDatabase } from '../replay/fresh-database.ts';
import { connectPeer, type Peer } from '../replay/peer.ts';
import { layTable } from '../replay/table.ts';
import { hasNginx, startNginx } from './nginx.ts';

jest.setTimeout(240_000);

const PEOPLE = 6;
const BETWEEN_WORDS_MS = 40;
/** From source, so that it is always what stands in the files. */
const COMMAND = [process.execPath, '--conditions=source', '--import', 'tsx', 'server/src/main.ts'] as const;

/** Two nodes as processes of their own, behind the nginx that is delivered. */
async function startNodes(databaseUrl: string, redisUrl: string) {
  const [words, keys] = [await createFreshDatabase(databaseUrl), await createFreshDatabase(databaseUrl)];
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { KEYS_DATABASE_URL: keys.url, REDIS_URL: redisUrl, PUBLIC_URL: url };
  const nodes: RunningServer[] = [];
  for (let node = 0; node < 2; node += 1)
    nodes.push(await startServer({ databaseUrl: words.url, env, command: COMMAND }));
  const nginx = await startNginx(
    port,
    nodes.map((node) => node.port),
  );
  return {
    url,
    nodes,
    async stop() {
      await nginx.stop();
      for (const node of nodes) await node.stop();
      await words.drop();
      await keys.drop();
    },
  };
}

/** Types numbered words at the end of the first block until told to stop, through whatever happens to the connection. */
function typeOn(peer: Peer): { words: string[]; stop(): void } {
  const words: string[] = [];
  const timer = setInterval(() => {
    const text = firstText(peer.doc);
    if (!text) return;
    const word = `${peer.name}-${words.length}.`;
    words.push(word);
    text.insert(text.length, word);
  }, BETWEEN_WORDS_MS);
  return { words, stop: () => clearInterval(timer) };
}

const { TEST_DATABASE_URL: databaseUrl, TEST_REDIS_URL: redisUrl, REQUIRE_ALL_TESTS } = process.env;
const isHere = Boolean(databaseUrl && redisUrl && hasNginx());
// Skipped only where something is missing and need not be there.
const itBehindNginx = isHere || REQUIRE_ALL_TESTS === '1' ? it : it.skip;

itBehindNginx(
  'R2 R41 nodes restarted one after another behind nginx lose no edit, refuse none, and nobody starts again',
  async () => {
    if (!databaseUrl || !redisUrl) throw new Error('TEST_DATABASE_URL and TEST_REDIS_URL are needed here');
    const { url, nodes, stop } = await startNodes(databaseUrl, redisUrl);
    const peers: Peer[] = [];
    try {
      const table = await layTable(url, PEOPLE);
      table.people.forEach((person, index) => peers.push(connectPeer(`p${index}`, url, person, table.room)));
      const [first] = peers;
      if (!first) throw new Error('nobody came');
      // `until` fails on a refusal, on being put out, and on having to start with an empty document.
      await Promise.all(peers.map((peer) => peer.until(() => peer.isReady, 'the room')));
      addBlock(first.doc);
      await Promise.all(
        peers.map((peer) => peer.until(() => firstText(peer.doc) !== null, 'the first block')),
      );

      const typing = peers.map(typeOn);
      await pause(1_500);
      for (const node of nodes) {
        await node.restart();
        await pause(1_500);
      }
      for (const { stop: stopTyping } of typing) stopTyping();

      const words = typing.flatMap((each) => each.words);
      await Promise.all(peers.map((peer) => peer.until(() => peer.isSaved, 'the last words to be saved')));
      const stranger = connectPeer('stranger', url, table.people[0]!, table.room);
      peers.push(stranger);
      for (const peer of peers) {
        const text = () => firstText(peer.doc)?.toString() ?? '';
        await peer.until(() => text().length === words.join('').length, 'everybody’s words');
        for (const word of words) expect(text().split(word)).toHaveLength(2);
      }
      expect(new Set(peers.map((peer) => firstText(peer.doc)?.toString())).size).toBe(1);
      // So everyone was moved at least once.
      for (const node of nodes) expect(node.logs().match(/Longtable is ready/g)).toHaveLength(2);
    } finally {
      for (const peer of peers) peer.close();
      await stop();
    }
  },
);
