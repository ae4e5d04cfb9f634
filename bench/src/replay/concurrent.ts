import * as Y from 'yjs';
import { firstText } from './block-text.ts';
import type { AuthoredTxn } from './causality.ts';
import { createEditor, insertAtCaret } from './editor.ts';
import type { Writer } from './writer.ts';

/**
 * Every agent writes at its own pace through its own client; the first writers are the agents.
 *
 * A transaction's positions count in the text as its author saw it, while a client's document may already
 * hold more. So each agent has a shadow that merges only what the file says. There the transaction is
 * made, under the clientID that its client has at that moment (a new one after each join), and it is
 * taken into the client's document as that person's own words, once all it builds on has come to that
 * document over the network. `onEdits` hears after each transaction how many edits it had.
 */
export async function replayConcurrent(
  agents: readonly AuthoredTxn[][],
  isBmp: boolean,
  writers: readonly Writer[],
  onEdits: (count: number) => void,
): Promise<void> {
  const first = writers[0];
  if (!first || writers.length < agents.length) throw new Error('an agent has no client');
  const base = Y.encodeStateAsUpdate(first.doc);
  /** What each transaction changed, as a Yjs update, once it is made. */
  const made = new Map<number, Uint8Array>();

  const play = async (script: readonly AuthoredTxn[], writer: Writer): Promise<void> => {
    const shadow = createShadow(base, isBmp);
    for (const { index, merges, patches } of script) {
      if (merges.length > 0) {
        let held = 0;
        const hasAll = () => {
          while (held < merges.length && holds(writer.doc, made.get(merges[held] ?? index))) held += 1;
          return held === merges.length;
        };
        await writer.until(hasAll, 'what its next words build on');
        shadow.merge(merges.flatMap((other) => made.get(other) ?? []));
      }
      await writer.ready();
      const update = shadow.write(writer.doc.clientID, patches);
      takeAsOwn(writer.doc, update);
      made.set(index, update);
      onEdits(patches.length);
    }
  };
  await Promise.all(agents.map((script, agent) => play(script, writers[agent] ?? first)));
}

function createShadow(base: Uint8Array, isBmp: boolean) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, base);
  const text = firstText(doc);
  if (!text) throw new Error('the block is not there yet');
  const edit = createEditor(text, isBmp, insertAtCaret);
  let latest = EMPTY_UPDATE;
  doc.on('update', (update: Uint8Array) => {
    latest = update;
  });
  return {
    merge(updates: readonly Uint8Array[]): void {
      doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
    },
    write(clientId: number, patches: AuthoredTxn['patches']): Uint8Array {
      doc.clientID = clientId;
      latest = EMPTY_UPDATE;
      doc.transact(() => edit(patches));
      return latest;
    },
  };
}

const EMPTY_UPDATE = Y.encodeStateAsUpdate(new Y.Doc());

/** Yjs takes an update under a document's own clientID for a second user of that id, unless it is marked local. */
export function takeAsOwn(doc: Y.Doc, update: Uint8Array): void {
  doc.transact((transaction) => {
    Y.applyUpdate(doc, update);
    transaction.local = true;
  });
}

/** Whether a document has everything that the update brings: its insertions and its deletions. */
function holds(doc: Y.Doc, update: Uint8Array | undefined): boolean {
  if (!update) return false;
  const { structs, ds } = Y.decodeUpdate(update);
  return (
    structs.every(({ id, length }) => Y.getState(doc.store, id.client) >= id.clock + length) &&
    [...ds.clients].every(([client, ranges]) => ranges.every(({ clock }) => isDeleted(doc, client, clock)))
  );
}

function isDeleted(doc: Y.Doc, client: number, clock: number): boolean {
  if (Y.getState(doc.store, client) <= clock) return false;
  return Y.getItem(doc.store, Y.createID(client, clock)).deleted;
}
