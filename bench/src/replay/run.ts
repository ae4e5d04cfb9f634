import { readMarkdownText } from '../../../server/src/testing/exports/read-markdown.ts';
import { addBlock, firstText, readText } from './block-text.ts';
import { describeTexts } from './compare.ts';
import { replayConcurrent } from './concurrent.ts';
import { describeFigures, type Measured, seconds } from './figures.ts';
import { connectPeer, type Peer } from './peer.ts';
import { replaySequential } from './sequential.ts';
import { startCurrentServer } from './start-server.ts';
import { type LaidTable, layTable, placeSection } from './table.ts';
import { TraceError } from './trace-error.ts';
import type { Trace } from './trace.ts';

const PROGRESS_EVERY_MS = 5_000;

type Outage = Measured['outage'];

export interface RunOptions {
  clients: number;
  /** An empty PostgreSQL database; undefined for the embedded one. */
  databaseUrl: string | undefined;
  say(line: string): void;
  /** Given what ends the server and removes its folders, as soon as there is something to end. */
  onServer(stop: () => Promise<void>): void;
}

/**
 * Replays the session and returns how many texts differ from what the recording ended with: each client's,
 * the stored one, and the exported one.
 */
export async function runReplay(
  trace: Trace,
  { clients, databaseUrl, say, onServer }: RunOptions,
): Promise<number> {
  const server = await startCurrentServer(databaseUrl);
  /** A server in the middle of starting must not outlive us either. */
  let restarted: Promise<void> = Promise.resolve();
  const stop = async (): Promise<void> => {
    await restarted.catch(() => {});
    await server.stop();
  };
  onServer(stop);
  say(`The server runs from its ${server.isBuilt ? 'build' : 'sources'}, on an empty folder.`);
  const peers: Peer[] = [];

  /** Ends the server as a power cut would; the clients are left to themselves. */
  const killAndRestart = async (): Promise<number> => {
    const startedMs = performance.now();
    const before = new Map(peers.map((peer) => [peer, peer.clientId]));
    restarted = server.kill('SIGKILL').then(server.restart);
    await restarted;
    await all(peers, (peer) => peer.clientId !== before.get(peer), 'the room to open again');
    return performance.now() - startedMs;
  };

  try {
    const table = await layTable(server.url, clients);
    for (const person of table.people) {
      peers.push(connectPeer(`client ${peers.length + 1}`, server.url, person, table.room));
    }
    await all(peers, (peer) => peer.isReady, 'the room to open');
    const writer = peers[0];
    if (!writer) throw new Error('nobody is at the table');
    addBlock(writer.doc);
    await all(peers, (peer) => firstText(peer.doc) !== null, 'the first paragraph');
    say(`${clients} ${clients === 1 ? 'client has' : 'clients have'} joined.`);

    const startedMs = performance.now();
    const outage = await write(trace, peers, killAndRestart, say);
    await all(peers, (peer) => peer.isSaved, 'its words to be saved');
    const totalMs = performance.now() - startedMs;
    for (const line of describeFigures({
      edits: trace.edits,
      totalMs,
      outage,
      meters: peers.map(({ meter }) => meter),
    })) {
      say(line);
    }

    say(`SIGKILL at the end: everyone was back after ${seconds(await killAndRestart())}.`);
    const texts = new Map<string, string>();
    for (const peer of peers) texts.set(peer.name, readText(peer.doc));
    texts.set('stored text, read by a new client', await readAfresh(server.url, table));
    const { lines, differing } = describeTexts(trace.endContent, texts);
    // Exports are made of canonical content, which is NFC.
    const markdown = new Map([
      ['Markdown export, read back', readMarkdownText(await table.exportMarkdown(), placeSection().number)],
    ]);
    const exported = describeTexts(trace.endContent.normalize('NFC'), markdown);
    for (const line of [...lines, ...exported.lines]) say(line);
    return differing + exported.differing;
  } catch (error) {
    if (!(error instanceof TraceError))
      say(`The server's last lines:\n${server.logs().split('\n').slice(-15).join('\n')}`);
    throw error;
  } finally {
    for (const peer of peers) peer.close();
    await stop();
  }
}

/** Writes the session down, with a kill in the middle of it. */
async function write(
  trace: Trace,
  peers: readonly Peer[],
  killAndRestart: () => Promise<number>,
  say: (line: string) => void,
): Promise<Outage> {
  let done = 0;
  let saidMs = performance.now();
  let isKilled = false;
  let startOutage = (): void => {};
  const outage = new Promise<Outage>((resolve, reject) => {
    startOutage = () => {
      const doneBefore = done;
      killAndRestart().then((ms) => {
        say(`Everyone was back after ${seconds(ms)}.`);
        resolve({ ms, edits: done - doneBefore });
      }, reject);
    };
  });

  const onEdits = (count: number): void => {
    done += count;
    const inFlight = peers.filter(({ meter }) => meter.isPushInFlight).length;
    // Half way, and with words on their way: neither the server nor the client has settled them.
    if (!isKilled && done * 2 >= trace.edits && inFlight > 0) {
      isKilled = true;
      say(`SIGKILL after ${done.toLocaleString('en')} edits, with words of ${inFlight} in flight.`);
      startOutage();
    }
    if (performance.now() - saidMs < PROGRESS_EVERY_MS) return;
    saidMs = performance.now();
    say(`${Math.floor((done / trace.edits) * 100)} % written`);
  };

  const writing =
    trace.kind === 'sequential'
      ? replaySequential(trace.txns, trace.isBmp, peers, onEdits)
      : replayConcurrent(trace.agents, trace.isBmp, peers, onEdits);
  const written = writing.then(() => {
    // A session too short to have had anything in flight.
    if (!isKilled) startOutage();
  });
  const [happened] = await Promise.all([outage, written]);
  return happened;
}

/** What someone reads who opens the room only now. */
async function readAfresh(url: string, table: LaidTable): Promise<string> {
  const [person] = table.people;
  if (!person) throw new Error('nobody is at the table');
  const reader = connectPeer('new client', url, person, table.room);
  try {
    await reader.until(() => reader.isReady, 'the room to open');
    return readText(reader.doc);
  } finally {
    reader.close();
  }
}

async function all(peers: readonly Peer[], condition: (peer: Peer) => boolean, what: string): Promise<void> {
  await Promise.all(peers.map((peer) => peer.until(() => condition(peer), what)));
}
