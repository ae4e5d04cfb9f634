import { describe, expect, it } from '@jest/globals';
import { LongtableError } from '@longtable/shared/errors';
import type { KeyId } from './keyring.ts';
import { withSpareKeys } from './spare-keys.ts';

function countingKeyring() {
  const alive = new Set<KeyId>();
  return {
    alive,
    createKey: async () => {
      const key = `key ${alive.size}` as KeyId;
      alive.add(key);
      return key;
    },
    destroyKey: async (key: KeyId) => {
      alive.delete(key);
    },
  };
}

describe('keys for rows that may be written', () => {
  it.each([
    ['nothing goes wrong', () => 'done', 'done', 1],
    [
      'we refuse',
      () => {
        throw new LongtableError('notNow');
      },
      'notNow',
      0,
    ],
    // The rows may stand all the same: a connection can end between a commit and its answer.
    [
      'the database fails',
      () => {
        throw new Error('connection terminated');
      },
      'connection terminated',
      1,
    ],
  ])('where %s, of three of which one was taken there remain', async (_, end, said, left) => {
    const keyring = countingKeyring();
    let taken: KeyId | undefined;
    const result = await withSpareKeys(keyring, 3, async (take) => {
      taken = take();
      return end();
    }).catch((error: Error) => error.message);
    expect(result).toBe(said);
    expect([...keyring.alive]).toEqual(left === 1 ? [taken] : []);
  });

  it('gives out no key twice, and none that was not made', async () => {
    const keyring = countingKeyring();
    await expect(
      withSpareKeys(keyring, 2, async (take) => {
        expect(new Set([take(), take()]).size).toBe(2);
        take();
      }),
    ).rejects.toThrow('more keys');
  });
});
