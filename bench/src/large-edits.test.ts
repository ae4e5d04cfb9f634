import { describe, expect, it } from '@jest/globals';
import { MAX_PUSH_DELETE_RANGES } from '@longtable/shared/limits';
import * as Y from 'yjs';
import { splitUpdate } from '../../client/src/rooms/split-update.ts';
import { inspectUpdate } from '../../server/src/features/rooms/inspect-update.ts';

/** What of others' words the server holds: this much of each writer. */
const clockOf = () => 200_000;
const known = { clockOf, committedClockOf: clockOf, isOwner: () => false };

const varUint = (number: number): number[] =>
  number < 0x80 ? [number] : [(number % 0x80) + 0x80, ...varUint(Math.floor(number / 0x80))];

/** Every second letter of what each of so many people wrote, as Yjs writes it. */
function deletion({ writers, rangesOfEach }: { writers: number; rangesOfEach: number }): Uint8Array {
  const bytes = [...varUint(0), ...varUint(writers)];
  for (let client = 1; client <= writers; client++) {
    bytes.push(...varUint(client), ...varUint(rangesOfEach));
    for (let range = 0; range < rangesOfEach; range++) bytes.push(...varUint(2 * range), ...varUint(1));
  }
  return Uint8Array.from(bytes);
}

const rangesIn = (update: Uint8Array): string[] =>
  [...Y.decodeUpdate(update).ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => `${client} ${clock} ${len}`),
  );

/** How many pushes it takes, each of which the server must let through. */
function pushesOf(update: Uint8Array): number {
  const parts = splitUpdate(update).map((part) => part.update);
  for (const part of parts) inspectUpdate(part, known);
  expect(parts.flatMap(rangesIn)).toEqual(rangesIn(update));
  return parts.length;
}

describe('R33 what one person deletes at once, the server takes', () => {
  const most = MAX_PUSH_DELETE_RANGES;

  it('in one push up to what one holds: ranges, and one more for each writer of them', () => {
    expect(pushesOf(deletion({ writers: 1, rangesOfEach: most - 1 }))).toBe(1);
    expect(pushesOf(deletion({ writers: most / 4, rangesOfEach: 3 }))).toBe(1);
  });

  it('in several above that', () => {
    expect(pushesOf(deletion({ writers: 1, rangesOfEach: most }))).toBe(2);
    expect(pushesOf(deletion({ writers: 1, rangesOfEach: 3 * most - 3 }))).toBe(3);
    expect(pushesOf(deletion({ writers: most / 4 + 1, rangesOfEach: 3 }))).toBe(2);
    expect(pushesOf(deletion({ writers: 2, rangesOfEach: most - 2 }))).toBe(2);
    expect(pushesOf(deletion({ writers: 3, rangesOfEach: most }))).toBe(4);
  });
});
