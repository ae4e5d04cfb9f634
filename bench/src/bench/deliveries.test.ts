import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { Deliveries, keepsUp } from './deliveries.ts';

describe('deliveries', () => {
  it('count what a document holds, once, and nothing from before the start', () => {
    const [writer, reader] = [new Y.Doc(), new Y.Doc()];
    const deliveries = new Deliveries();
    deliveries.watch(reader);
    const type = () => {
      deliveries.sent(writer);
      writer.getText('t').insert(0, 'a');
    };
    const deliver = () => Y.applyUpdate(reader, Y.encodeStateAsUpdate(writer));
    type();
    deliveries.start([writer]);
    expect(deliveries.edits).toBe(0);
    deliver();
    expect(deliveries.latenciesMs).toHaveLength(0);
    type();
    type();
    deliver();
    deliver();
    expect(deliveries.edits).toBe(2);
    expect(deliveries.latenciesMs).toHaveLength(2);
    for (const ms of deliveries.latenciesMs) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('do not count what has only arrived, and waits for what it builds on', () => {
    const [writer, reader] = [new Y.Doc(), new Y.Doc()];
    const updates: Uint8Array[] = [];
    writer.on('update', (update: Uint8Array) => updates.push(update));
    const deliveries = new Deliveries();
    deliveries.watch(reader);
    deliveries.start([writer]);
    for (const letter of 'ab') {
      deliveries.sent(writer);
      writer.getText('t').insert(0, letter);
    }
    Y.applyUpdate(reader, updates[1]!);
    expect(deliveries.latenciesMs).toHaveLength(0);
    Y.applyUpdate(reader, updates[0]!);
    expect(deliveries.latenciesMs).toHaveLength(2);
  });
});

const deliveries = (inTime: number, late = 0): number[] => [
  ...Array.from({ length: inTime }, () => 10),
  ...Array.from({ length: late }, () => 101),
];

it('a server keeps up where 95 of 100 deliveries come in time', () => {
  expect(keepsUp(deliveries(96, 4), 100)).toBe(true);
  expect(keepsUp(deliveries(90, 10), 100)).toBe(false);
});

it('a server does not keep up where what comes is in time and the rest never comes', () => {
  expect(keepsUp(deliveries(95), 100)).toBe(true);
  expect(keepsUp(deliveries(94), 100)).toBe(false);
  expect(keepsUp([], 0)).toBe(false);
});
