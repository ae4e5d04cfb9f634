import fc from 'fast-check';
import { varint } from './forge.ts';

const WRITTEN_NUMBERS = [0, 1, 127, 128, 16_383, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];

const splice = (bytes: Uint8Array, at: number, deleted: number, inserted: readonly number[]): Uint8Array =>
  Uint8Array.from([...bytes.slice(0, at), ...inserted, ...bytes.slice(at + deleted)]);

type Mutation = (bytes: Uint8Array) => Uint8Array;

const place = (share: number, bytes: Uint8Array): number => Math.floor(share * bytes.length);

/** One change to the bytes of an update: a bit, a byte, a number in its place, a piece twice or not at all, another's name. */
const mutation = (names: readonly number[]): fc.Arbitrary<Mutation> => {
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  return fc.oneof(
    fc.tuple(share, fc.nat(7)).map(
      ([at, bit]): Mutation =>
        (bytes) =>
          bytes.map((byte, i) => (i === place(at, bytes) ? byte ^ (1 << bit) : byte)),
    ),
    fc.tuple(share, fc.nat(255)).map(
      ([at, value]): Mutation =>
        (bytes) =>
          bytes.map((byte, i) => (i === place(at, bytes) ? value : byte)),
    ),
    fc.tuple(share, fc.constantFrom(...WRITTEN_NUMBERS, ...names), fc.nat(1)).map(
      ([at, number, deleted]): Mutation =>
        (bytes) =>
          splice(bytes, place(at, bytes), deleted, varint(number)),
    ),
    fc.tuple(share, fc.nat(12)).map(
      ([at, length]): Mutation =>
        (bytes) =>
          splice(bytes, place(at, bytes), length, []),
    ),
    fc.tuple(share, share, fc.nat(40)).map(
      ([from, to, length]): Mutation =>
        (bytes) =>
          splice(bytes, place(to, bytes), 0, [
            ...bytes.slice(place(from, bytes), place(from, bytes) + length),
          ]),
    ),
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).map(
      ([own, forged]): Mutation =>
        (bytes) =>
          renamed(bytes, own, forged),
    ),
  );
};

/** Every place where one clientID is written, with another in its stead. */
export function renamed(bytes: Uint8Array, own: number, forged: number): Uint8Array {
  const [from, to] = [varint(own), varint(forged)];
  let result = bytes;
  for (let at = 0; at + from.length <= result.length; at++) {
    if (!from.every((byte, i) => result[at + i] === byte)) continue;
    result = splice(result, at, from.length, to);
    at += to.length - 1;
  }
  return result;
}

/** Up to three changes, one after another, to an update. `names`: clientIDs that an attacker would write there. */
export const mutations = (names: readonly number[]): fc.Arbitrary<Mutation> =>
  fc
    .array(mutation(names), { minLength: 1, maxLength: 3 })
    .map((all) => (bytes: Uint8Array) => all.reduce((changed, change) => change(changed), bytes));
