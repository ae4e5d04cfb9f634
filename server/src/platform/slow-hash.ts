import { LongtableError } from '@longtable/shared/errors';
import { hashRaw } from '@node-rs/argon2';

/**
 * What OWASP's password storage cheat sheet asks of Argon2id: 19 MiB of memory, two passes, no parallelism. About 30 ms
 * on a small server, in a thread of its own.
 */
const ARGON2ID = 2;
const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;

/**
 * What is hashed waits only for its own kind: whoever tries one five words after the other must not keep a room's
 * PIN pads waiting, nor the other way round.
 */
export type HashLane = 'pin' | 'words';

/** At once in each lane: together they share Node's four threads with everything that reads files or asks for names. */
const MAX_AT_ONCE = 1;

/** Some three seconds' worth. Whoever comes later is asked to try again, instead of everybody waiting for ever. */
const MAX_WAITING = 100;

const lanes: Record<HashLane, { running: number; waiting: (() => void)[] }> = {
  pin: { running: 0, waiting: [] },
  words: { running: 0, waiting: [] },
};

/**
 * For short secrets that a person keeps: slow to guess even for whoever holds the data and the keys.
 * The same text, salt (16 bytes) and secret give the same 32 bytes. @throws LongtableError tooFast
 */
export async function slowHash(
  kind: HashLane,
  text: string,
  salt: Uint8Array,
  secret: Uint8Array,
): Promise<Buffer> {
  const lane = lanes[kind];
  if (lane.waiting.length >= MAX_WAITING) throw new LongtableError('tooFast');
  if (lane.running >= MAX_AT_ONCE) await new Promise<void>((go) => lane.waiting.push(go));
  else lane.running += 1;
  try {
    return await hashRaw(text, {
      algorithm: ARGON2ID,
      memoryCost: MEMORY_KIB,
      timeCost: PASSES,
      parallelism: PARALLELISM,
      outputLen: 32,
      salt,
      secret,
    });
  } finally {
    // Whoever waits takes over this place.
    const next = lane.waiting.shift();
    if (next) next();
    else lane.running -= 1;
  }
}
