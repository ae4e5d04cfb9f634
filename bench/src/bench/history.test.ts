import { expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { RecordedStart } from './history.ts';
import { paragraphOf } from './paragraphs.ts';

const trace = {
  kind: 'sequential' as const,
  txns: [[[0, 0, 'abd']], [[0, 1, 'A']], [[2, 0, 'c']], [[0, 0, 'more']]] satisfies [
    number,
    number,
    string,
  ][][],
  endContent: '',
  edits: 4,
  isBmp: true,
};

it('a recorded start is the same text with the same history, whoever is said to have written it', () => {
  const start = new RecordedStart(trace, 4);
  expect(start.text).toBe('Abcd');
  for (const author of [7, 4_000_000_000, 7]) {
    const update = start.by(author);
    const { structs, ds } = Y.decodeUpdate(update);
    for (const struct of structs) {
      expect(struct.id.client).toBe(author);
      if (!(struct instanceof Y.Item)) continue;
      for (const beside of [struct.origin, struct.rightOrigin])
        if (beside) expect(beside.client).toBe(author);
    }
    expect([...ds.clients.keys()]).toEqual([author]);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    expect(paragraphOf(doc, 0).toString()).toBe(start.text);
    expect(Y.getState(doc.store, author)).toBe(2 + 5);
  }
});
