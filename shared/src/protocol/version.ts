/**
 * The wire's version. A client and a server that differ refuse each other with `oldClient`.
 * `protocol.test.ts` hashes every schema: changing one without moving this number breaks the build.
 *
 * 1  2026-11  first form: join, push, leave, watch, cursor; batch, presence, head, closed, door, seat
 * 2  2026-11  setting the table: heard marks, standing, rounds
 * 3  2026-11  a join may say up to which sequence it has everything
 * 4  2026-11  a batch is a tuple with a short handle, which the join's answer gives
 * 5  2026-11  words whose key is gone are refused as `unreadable`
 */
export const PROTOCOL_VERSION = 5;
