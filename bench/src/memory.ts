/**
 * Measures how much memory the server keeps resident, and fails above what it may:
 *
 *     npm run memory [-- --postgres]
 *
 * Idle, and with 200 people in 40 rooms who have all written something; on the embedded database from its
 * second start on, since the first one makes the database.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startServer } from '../../e2e/support/server.ts';
import { addBlock, firstText } from './replay/block-text.ts';
import { createFreshDatabase } from './replay/fresh-database.ts';
import { connectPeer, type Peer } from './replay/peer.ts';
import { layTable } from './replay/table.ts';

const PEOPLE = 200;
const ROOMS = 40;
const CHARACTERS_EACH = 200;

/** What may be resident, in MB of 1,000,000 bytes: the project's own requirement. */
const LIMITS = { postgres: { idle: 130, busy: 220 }, embedded: { idle: 450, busy: 450 } };

/** Garbage from starting and joining is let go some time later, when is V8's choice: what stays is the least seen. */
const LOOKS = 30;
const LOOK_EVERY_MS = 1_000;

const residentMb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024) / 1_000_000;
};

const settled = async (pid: number): Promise<number> => {
  let leastMb = Infinity;
  for (let look = 0; look < LOOKS; look++) {
    await pause(LOOK_EVERY_MS);
    leastMb = Math.min(leastMb, await residentMb(pid));
  }
  return leastMb;
};

async function measure(databaseUrl: string | undefined): Promise<boolean> {
  const kind = databaseUrl ? 'postgres' : 'embedded';
  const server = await startServer(databaseUrl ? { databaseUrl } : {});
  const peers: Peer[] = [];
  try {
    await server.restart();
    const idle = await settled(server.pid);
    const table = await layTable(server.url, PEOPLE);
    const rooms = table.rooms.slice(0, ROOMS);
    if (rooms.length < ROOMS) throw new Error(`the table has only ${rooms.length} rooms`);
    for (const [index, person] of table.people.entries()) {
      const room = rooms[index % ROOMS];
      if (room) peers.push(connectPeer(`person ${index + 1}`, server.url, person, room));
    }
    await Promise.all(peers.map((peer) => peer.until(() => peer.isReady, 'the room to open')));
    for (const peer of peers.slice(0, ROOMS)) addBlock(peer.doc);
    await Promise.all(
      peers.map((peer) => peer.until(() => firstText(peer.doc) !== null, 'the first paragraph')),
    );
    for (let i = 0; i < CHARACTERS_EACH; i++) {
      for (const peer of peers) firstText(peer.doc)?.insert(0, 'a');
      await Promise.all(peers.map((peer) => peer.ready()));
    }
    await Promise.all(peers.map((peer) => peer.until(() => peer.isSaved, 'its words to be saved')));
    const busy = await settled(server.pid);
    const limits = LIMITS[kind];
    process.stdout.write(
      `${kind}: idle ${idle.toFixed(0)} MB (at most ${limits.idle}), ` +
        `${PEOPLE} people in ${ROOMS} rooms ${busy.toFixed(0)} MB (at most ${limits.busy})\n`,
    );
    return idle <= limits.idle && busy <= limits.busy;
  } finally {
    for (const peer of peers) peer.close();
    await server.stop();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { postgres: { type: 'boolean' } } });
  if (!values.postgres) return (await measure(undefined)) ? 0 : 1;
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    process.stderr.write('--postgres needs TEST_DATABASE_URL, where it may create a database.\n');
    return 2;
  }
  const database = await createFreshDatabase(url);
  try {
    return (await measure(database.url)) ? 0 : 1;
  } finally {
    await database.drop();
  }
}

process.exit(await main());
