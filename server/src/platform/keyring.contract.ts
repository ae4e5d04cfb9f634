import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyDestroyedError, type Keyring, type SealContext } from './keyring.ts';

const context: SealContext = { table: 'seats', column: 'handle', row: 'r1', audience: 'circle:c1' };
const words = Buffer.from('what we said in the room');

/** What every keyring promises. `open` may be called again after a close: for a lasting keyring the same keys come back. */
export function describeKeyring(name: string, open: () => Promise<Keyring>): void {
  describe(`keyring: ${name}`, () => {
    let keyring: Keyring;
    beforeEach(async () => {
      keyring = await open();
    });
    afterEach(() => keyring.close());

    it('opens what it sealed', async () => {
      const keyId = await keyring.createKey();
      expect(await keyring.open(context, await keyring.seal(keyId, context, words))).toEqual(words);
      const empty = await keyring.seal(keyId, context, Buffer.alloc(0));
      expect(await keyring.open(context, new Uint8Array(empty))).toEqual(Buffer.alloc(0));
    });

    it('lays bytes out as documented: version, key id, nonce, tag, ciphertext', async () => {
      const keyId = await keyring.createKey();
      const sealed = await keyring.seal(keyId, context, words);
      expect(sealed[0]).toBe(1);
      expect(sealed.subarray(1, 17).toString('hex')).toBe(keyId.replaceAll('-', ''));
      expect(sealed).toHaveLength(1 + 16 + 12 + 16 + words.length);
      expect(sealed.includes(words)).toBe(false);
    });

    it('never gives the same bytes twice', async () => {
      const keyId = await keyring.createKey();
      const [first, second] = await Promise.all([
        keyring.seal(keyId, context, words),
        keyring.seal(keyId, context, words),
      ]);
      expect(first).not.toEqual(second);
    });

    it.each([
      ['table', { table: 'circles' }],
      ['column', { column: 'name' }],
      ['row', { row: 'r2' }],
      ['audience', { audience: 'partnership' }],
      ['a border between two parts', { row: 'r1c', audience: 'ircle:c1' }],
    ])('refuses another %s', async (_part, change) => {
      const sealed = await keyring.seal(await keyring.createKey(), context, words);
      await expect(keyring.open({ ...context, ...change }, sealed)).rejects.toThrow();
    });

    it('refuses bytes altered anywhere, cut short, or not its own', async () => {
      const sealed = await keyring.seal(await keyring.createKey(), context, words);
      for (let at = 0; at < sealed.length; at += 1) {
        const altered = Buffer.from(sealed);
        altered[at]! ^= 1;
        await expect(keyring.open(context, altered)).rejects.toThrow();
      }
      for (const length of [0, 1, 17, 44, sealed.length - 1]) {
        await expect(keyring.open(context, sealed.subarray(0, length))).rejects.toThrow();
      }
    });

    it('makes everything sealed with a destroyed key unreadable, and nothing else', async () => {
      const [gone, kept] = [await keyring.createKey(), await keyring.createKey()];
      const [sealedGone, sealedKept] = [
        await keyring.seal(gone, context, words),
        await keyring.seal(kept, context, words),
      ];
      await keyring.destroyKey(gone);
      await keyring.destroyKey(gone);
      await expect(keyring.open(context, sealedGone)).rejects.toThrow(KeyDestroyedError);
      await expect(keyring.seal(gone, context, words)).rejects.toThrow(KeyDestroyedError);
      expect(await keyring.open(context, sealedKept)).toEqual(words);
    });

    it('signs the same data alike for one purpose and unlike for another', () => {
      expect(keyring.mac('code', 'ABCD')).toEqual(keyring.mac('code', Buffer.from('ABCD')));
      expect(keyring.mac('code', 'ABCD')).toHaveLength(32);
      expect(keyring.mac('code', 'ABCD')).not.toEqual(keyring.mac('session', 'ABCD'));
      expect(keyring.mac('code', 'ABCD')).not.toEqual(keyring.mac('code', 'ABCE'));
    });
  });
}
