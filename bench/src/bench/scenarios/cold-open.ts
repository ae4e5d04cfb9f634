import { fileURLToPath } from 'node:url';
import { createEditor } from '../../replay/editor.ts';
import { readTrace } from '../../replay/trace.ts';
import type { BenchClient, BenchRoom } from '../clients/client.ts';
import type { Metrics } from '../metrics.ts';
import { addParagraphs, paragraphCount, paragraphOf } from '../paragraphs.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { pause, until } from '../wait.ts';

/** Recorded edits between two pauses, and what a pause lasts: the history leaves in many messages, as it was written. */
const EDITS_AT_ONCE = 200;
/** A server that stores some time after the last word has done so by then. */
const STORED_MS = 12_000;

export interface ColdOpen {
  trace: string;
  /** The room has been opened once since the server started. */
  isWarm: boolean;
}

/** How long someone looks at an empty page: from connecting until the whole text is there. */
export async function measureColdOpen(server: BenchServer, { trace, isWarm }: ColdOpen): Promise<Metrics> {
  const [room] = await openRooms(server, 1, 3);
  if (!room) throw new Error('no room');
  const text = await writeHistory(room, trace);
  await pause(STORED_MS);
  await server.end();
  await server.start();
  if (isWarm) await open(room, text).then(({ client }) => client.close());
  const { client, fullTextMs } = await open(room, text);
  const bytesPerDelivery = client.receivedBytes();
  client.close();
  return { fullTextMs, bytesPerDelivery };
}

/** @returns the text that stands at the end */
async function writeHistory(room: BenchRoom, name: string): Promise<string> {
  const trace = await readTrace(fileURLToPath(new URL(`../../../traces/${name}.json.gz`, import.meta.url)));
  const writer = room.connect({ presence: false });
  try {
    await until(() => writer.isReady(), 'the writer to join');
    addParagraphs(writer.doc, 1);
    const text = paragraphOf(writer.doc, 0);
    const edit = createEditor(text, trace.isBmp);
    if (trace.kind !== 'sequential') throw new Error(`${name} is not a session of one author`);
    let edits = 0;
    for (const patches of trace.txns) {
      writer.doc.transact(() => edit(patches));
      edits += patches.length;
      if (edits < EDITS_AT_ONCE) continue;
      edits = 0;
      await until(() => writer.isSaved(), 'the history to be taken');
    }
    await until(() => writer.isSaved(), 'the history to be taken');
    return trace.endContent;
  } finally {
    writer.close();
  }
}

async function open(room: BenchRoom, text: string): Promise<{ client: BenchClient; fullTextMs: number }> {
  const client = room.connect({ presence: false });
  const isWhole = () => paragraphCount(client.doc) > 0 && paragraphOf(client.doc, 0).length === text.length;
  const fullTextMs = await until(isWhole, 'the whole text');
  if (paragraphOf(client.doc, 0).toString() !== text) throw new Error('it is not the text that was written');
  return { client, fullTextMs };
}
