import { replayConcurrent } from '../../replay/concurrent.ts';
import { createEditor } from '../../replay/editor.ts';
import type { Trace } from '../../replay/trace.ts';
import type { Writer } from '../../replay/writer.ts';
import type { BenchClient, BenchRoom } from '../clients/client.ts';
import { readHistory, type TraceName } from '../history.ts';
import type { Metrics } from '../metrics.ts';
import { addParagraphs, paragraphCount, paragraphOf } from '../paragraphs.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { pause, until } from '../wait.ts';

/** Recorded edits between two pauses, and what a pause lasts: the history leaves in many messages, as it was written. */
const EDITS_AT_ONCE = 200;
/** A server that stores some time after the last word has done so by then. */
const STORED_MS = 12_000;
/** Writing it all down takes long enough on a slow machine. */
const WRITING_MS = 300_000;

export interface ColdOpen {
  trace: TraceName;
  /** The room has been opened once since the server started. */
  isWarm: boolean;
}

/** How long someone looks at an empty page: from connecting until the whole text is there. */
export async function measureColdOpen(server: BenchServer, { trace, isWarm }: ColdOpen): Promise<Metrics> {
  const history = await readHistory(trace);
  const authors = history.kind === 'concurrent' ? history.agents.length : 1;
  const [room] = await openRooms(server, 1, authors + 2);
  if (!room) throw new Error('no room');
  await writeHistory(room, history, authors);
  await pause(STORED_MS);
  await server.end();
  await server.start();
  const text = history.endContent;
  if (isWarm) await open(room, text).then(({ client }) => client.close());
  const { client, fullTextMs } = await open(room, text);
  const bytesPerDelivery = client.receivedBytes();
  client.close();
  return { fullTextMs, bytesPerDelivery };
}

/** Through the server, by as many people as wrote it, each through a page of their own. */
async function writeHistory(room: BenchRoom, history: Trace, authors: number): Promise<void> {
  const clients = Array.from({ length: authors }, () => room.connect({ presence: false }));
  try {
    await until(() => clients.every((client) => client.isReady()), 'the writers to join');
    if (clients[0]) addParagraphs(clients[0].doc, 1);
    const isLaid = ({ doc }: BenchClient) => paragraphCount(doc) === 1;
    await until(() => clients.every(isLaid), 'everyone to hold the paragraph');
    const writers = clients.map(writerOf);
    if (history.kind === 'concurrent')
      await replayConcurrent(history.agents, history.isBmp, writers, () => {});
    else if (writers[0]) await writeAlone(writers[0], history);
    const isDone = (client: BenchClient) =>
      client.isSaved() && paragraphOf(client.doc, 0).length === history.endContent.length;
    await until(() => clients.every(isDone), 'the history to be taken', WRITING_MS);
  } finally {
    for (const client of clients) client.close();
  }
}

async function writeAlone(
  writer: Writer,
  { txns, isBmp }: Extract<Trace, { kind: 'sequential' }>,
): Promise<void> {
  const edit = createEditor(paragraphOf(writer.doc, 0), isBmp);
  for (const patches of txns) {
    await writer.ready();
    writer.doc.transact(() => edit(patches));
  }
}

function writerOf(client: BenchClient): Writer {
  let edits = 0;
  return {
    get doc() {
      return client.doc;
    },
    async ready() {
      edits += 1;
      if (edits % EDITS_AT_ONCE === 0) await until(() => client.isSaved(), 'the history to be taken');
    },
    until: async (condition, what) => {
      // Most often it holds already, and there are tens of thousands of edits.
      if (!condition()) await until(condition, what);
    },
  };
}

async function open(room: BenchRoom, text: string): Promise<{ client: BenchClient; fullTextMs: number }> {
  const client = room.connect({ presence: false });
  const isWhole = () => paragraphCount(client.doc) > 0 && paragraphOf(client.doc, 0).length === text.length;
  const fullTextMs = await until(isWhole, 'the whole text');
  if (paragraphOf(client.doc, 0).toString() !== text) throw new Error('it is not the text that was written');
  return { client, fullTextMs };
}
