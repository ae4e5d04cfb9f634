import { LongtableError } from '@longtable/shared/errors';
import { hashRaw } from '@node-rs/argon2';

/**
 * What OWASP's password storage cheat sheet asks of Argon2id: 19 MiB of memory, two passes, one lane. About 30 ms
 * on a small server, in a thread of its own.
 */
const ARGON2ID = 2;
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;

/** At once: they share Node's four threads with everything that reads files or asks for names. */
const MAX_AT_ONCE = 2;

/** Some three seconds' worth. Whoever comes later is asked to try again, instead of everybody waiting for ever. */
const MAX_WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * For short secrets that a person keeps: slow to guess even for whoever holds the data and the keys.
 * The same text, salt (16 bytes) and secret give the same 32 bytes. @throws LongtableError tooFast
 */
export async function slowHash(text: string, salt: Uint8Array, secret: Uint8Array): Promise<Buffer> {
  if (waiting.length >= MAX_WAITING) throw new LongtableError('tooFast');
  if (running >= MAX_AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  else running += 1;
  try {
    return await hashRaw(text, {
      algorithm: ARGON2ID,
      memoryCost: MEMORY_KIB,
      timeCost: PASSES,
      parallelism: LANES,
      outputLen: 32,
      salt,
      secret,
    });
  } finally {
    // Whoever waits takes over this place.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
