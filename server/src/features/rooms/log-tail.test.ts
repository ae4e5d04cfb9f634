import { expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { LogTail } from './log-tail.ts';

const update = (text: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
};

it('R23 counts every row of a range that another node has sent as one, before a snapshot and after', () => {
  const tail = new LogTail();
  tail.append({ seq: 1, bytes: update('one') }, 1, false);
  tail.append({ seq: 40, bytes: update('and 39 more') }, 2, false);
  expect(tail.rows).toBe(40);
  tail.append({ seq: 42, bytes: update('two') }, 41, false);
  tail.cut(40);
  expect(tail.rows).toBe(2);
  expect(tail.after(40)).toHaveLength(1);
  expect(tail.after(42)).toHaveLength(0);
});
