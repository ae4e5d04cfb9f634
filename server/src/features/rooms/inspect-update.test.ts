import { expect, it } from '@jest/globals';
import { MAX_PUSH_STRUCTS } from '@longtable/shared/limits';
import * as Y from 'yjs';
import { inspectUpdate } from './inspect-update.ts';

const nothingKnown = { clockOf: () => 0, committedClockOf: () => 0, isOwner: () => true };

/** Each letter put before the last one is a struct of its own, and costs a walk past all that came before. */
function updateOf(structs: number): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (let count = 0; count < structs; count++) doc.getText('text').insert(0, 'x');
  });
  return Y.encodeStateAsUpdate(doc);
}

it('R5: takes a push of as many structs as are allowed, and none of more', () => {
  expect(() => inspectUpdate(updateOf(MAX_PUSH_STRUCTS), nothingKnown)).not.toThrow();
  expect(() => inspectUpdate(updateOf(MAX_PUSH_STRUCTS + 1), nothingKnown)).toThrow('tooLarge');
});

it('R18: refuses deletions in which a writer is named twice: their ranges could overlap after all', () => {
  const committed = { ...nothingKnown, committedClockOf: () => 100, isOwner: () => false };
  const twice = (client: number) => Uint8Array.from([0, 2, 5, 1, 0, 9, client, 1, 0, 9]);
  expect(() => inspectUpdate(twice(5), committed)).toThrow('badRequest');
  expect(() => inspectUpdate(twice(6), committed)).not.toThrow();
});
