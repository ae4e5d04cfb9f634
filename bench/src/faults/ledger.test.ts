import { beforeEach, describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { Ledger } from './ledger.ts';
import { wordOf, WordPlaces } from './words.ts';

let ledger: Ledger;
let doc: Y.Doc;
beforeEach(() => {
  ledger = new Ledger();
  doc = new Y.Doc();
});

function own(edit: (text: Y.Text) => void): Uint8Array {
  let update: Uint8Array = new Uint8Array();
  doc.once('update', (bytes: Uint8Array) => (update = bytes));
  doc.transact(() => edit(doc.getText('t')));
  ledger.wrote('Ada', update);
  return update;
}

const [one, two] = [wordOf(1, 1), wordOf(1, 2)];
const write = (word: string, at = 0) => own((text) => text.insert(at, word));
const faults = (text: string) => ledger.faultsIn('the store', text);

describe('the ledger', () => {
  it('finds nothing wrong where all that was acknowledged and seen is there', () => {
    ledger.acknowledged(write(one));
    ledger.received('Bo', write(two));
    expect(faults(two + one)).toEqual([]);
  });

  it('finds what was acknowledged and is lost', () => {
    ledger.acknowledged(write(one));
    expect(faults('')).toEqual([`the store: ${one} of Ada was acknowledged, and is lost`]);
  });

  it('finds what another saw and is lost, though nobody was told that it is saved', () => {
    ledger.received('Bo', write(one));
    expect(faults('')).toEqual([`the store: ${one} of Ada was seen by Bo, and is lost`]);
  });

  it('lets go of what was neither acknowledged nor seen', () => {
    write(one);
    ledger.received('Ada', write(two));
    expect(faults('')).toEqual([]);
    expect(faults(one)).toEqual([]);
  });

  it('finds what was taken out, with everyone told so, and is back', () => {
    ledger.acknowledged(write(one));
    const out = own((text) => text.delete(0, one.length));
    expect(faults(one)).toEqual([]);
    expect(faults('')).toEqual([]);
    ledger.acknowledged(out);
    expect(faults(one)).toEqual([`the store: ${one} of Ada was taken out, acknowledged, and is back`]);
  });

  it('finds what was gone for somebody and is back', () => {
    write(one);
    ledger.received(
      'Bo',
      own((text) => text.delete(0, one.length)),
    );
    expect(faults(one)).toEqual([`the store: ${one} of Ada was gone for Bo, and is back`]);
  });

  it('knows a word that was taken out together with its neighbours', () => {
    ledger.acknowledged(write(one));
    ledger.acknowledged(write(two));
    ledger.acknowledged(own((text) => text.delete(0, text.length)));
    expect(faults('')).toEqual([]);
    expect(faults(one + two)).toHaveLength(2);
  });

  it('finds words that stand twice, that nobody wrote, that are torn, or that were forbidden', () => {
    const forbidden = write(two);
    ledger.acknowledged(write(one));
    expect(faults(one + one)).toEqual([`the store: ${one} of Ada stands 2 times`]);
    expect(faults(one + wordOf(9, 9))).toEqual([`the store: ${wordOf(9, 9)}, which nobody wrote`]);
    expect(faults(`${one}p7n`)).toEqual(['the store: torn words: "p7n"']);
    ledger.forbid(forbidden);
    expect(faults(one + two)).toEqual([
      `the store: ${two} of Ada was written after the seat was given up, and is there`,
    ]);
    expect(faults(one)).toEqual([]);
  });

  it('knows a word again that is taken out under the ids of a room that was rewritten', () => {
    ledger.acknowledged(write(one));
    const rewritten = new Y.Doc();
    const places = new WordPlaces();
    rewritten.clientID = 1;
    rewritten.getText('t').insert(0, two + one);
    ledger.received('Bo', Y.encodeStateAsUpdate(rewritten), places);
    rewritten.once('update', (update: Uint8Array) => {
      ledger.wrote('Bo', update, places);
      ledger.acknowledged(update, places);
    });
    rewritten.getText('t').delete(two.length, one.length);
    expect(faults('')).toEqual([]);
    expect(faults(one)).toEqual([`the store: ${one} of Ada was taken out, acknowledged, and is back`]);
  });
});
