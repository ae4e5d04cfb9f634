import { LongtableError } from '@longtable/shared/errors';
import type { KeyId, Keyring } from './keyring.ts';

/**
 * Keys for rows that `use` may write: durable before the first of them. What it does not take protects nothing and
 * goes, and of an attempt that we refused all of them. Where the database failed nobody knows whether it had taken the
 * rows, and a key too many is better than words that nobody can read.
 */
export async function withSpareKeys<Result>(
  keyring: Pick<Keyring, 'createKey' | 'destroyKey'>,
  count: number,
  use: (take: () => KeyId) => Promise<Result>,
): Promise<Result> {
  const spare = await Promise.all(Array.from({ length: count }, () => keyring.createKey()));
  const taken: KeyId[] = [];
  const take = () => {
    const key = spare.pop();
    if (!key) throw new Error('more keys are needed than were made');
    taken.push(key);
    return key;
  };
  try {
    return await use(take);
  } catch (error) {
    if (error instanceof LongtableError) spare.push(...taken);
    throw error;
  } finally {
    await Promise.all(spare.map((key) => keyring.destroyKey(key)));
  }
}
