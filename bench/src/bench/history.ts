import { fileURLToPath } from 'node:url';
import * as Y from 'yjs';
import { createEditor } from '../replay/editor.ts';
import { readTrace, type Trace } from '../replay/trace.ts';
import { addParagraphs, paragraphOf } from './paragraphs.ts';

export type TraceName = 'automerge-paper' | 'friendsforever';

export const readHistory = (name: TraceName): Promise<Trace> =>
  readTrace(fileURLToPath(new URL(`../../traces/${name}.json.gz`, import.meta.url)));

/**
 * The start of a recorded paper with its whole history of editing, as one update, until the text is so long. Made
 * once and then given to any number of authors: `by` writes another clientID on every character.
 */
export class RecordedStart {
  readonly #doc = new Y.Doc();
  readonly text: string;

  constructor(trace: Extract<Trace, { kind: 'sequential' }>, characters: number) {
    addParagraphs(this.#doc, 1);
    const text = paragraphOf(this.#doc, 0);
    const edit = createEditor(text, trace.isBmp);
    for (const patches of trace.txns) {
      if (text.length >= characters) break;
      this.#doc.transact(() => edit(patches));
    }
    this.text = text.toString();
  }

  /** What this author sends who wrote all of it, into an empty document. */
  by(client: number): Uint8Array {
    const { store, clientID } = this.#doc;
    const structs = store.clients.get(clientID) ?? [];
    for (const struct of structs) {
      struct.id = Y.createID(client, struct.id.clock);
      if (!(struct instanceof Y.Item)) continue;
      if (struct.origin) struct.origin = Y.createID(client, struct.origin.clock);
      if (struct.rightOrigin) struct.rightOrigin = Y.createID(client, struct.rightOrigin.clock);
    }
    store.clients.delete(clientID);
    store.clients.set(client, structs);
    this.#doc.clientID = client;
    return Y.encodeStateAsUpdate(this.#doc);
  }
}
