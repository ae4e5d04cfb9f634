import { LongtableError } from '@longtable/shared/errors';
import { MAX_WRONG_PINS } from '@longtable/shared/limits';
import type { Clock } from '../../platform/clock.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { slowHash } from '../../platform/slow-hash.ts';
import type { SessionId } from './people.repository.ts';

/** One figure over and over, or figures in a row, up or down: the first that anybody would try. */
export function isEasyPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((figure, index) => Number(figure) - Number(pin[index])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]!);
}

/** The session's own random id is the salt, so that one PIN on two phones looks like two. */
export const hashPin = (keyring: Keyring, session: SessionId, pin: string): Promise<Buffer> =>
  slowHash('pin', pin, Buffer.from(session.replaceAll('-', ''), 'hex'), keyring.mac('pin', 'secret'));

const FIRST_WAIT_MS = 30_000;
const LAST_WAIT_MS = 900_000;
/** One wrong PIN is forgiven each time this has passed: fingers slip all evening long. */
const FORGIVEN_AFTER_MS = 600_000;

/**
 * Wrong PINs of each device session, in memory. After the first few each one makes the next wait longer; nothing is
 * ever deleted or closed for good. A right PIN wipes nothing away and only one is looked at at a time, or somebody
 * who has a PIN could guess at the others' in between.
 */
export interface PinLimit {
  /**
   * Runs `look`, which answers null for a wrong PIN.
   * @throws LongtableError tooManyGuesses while the phone must wait, tooFast while another PIN is looked at
   */
  attempt<Found>(session: SessionId, look: () => Promise<Found | null>): Promise<Found | null>;
  /** Counts what was as good as a wrong PIN. */
  countWrong(session: SessionId): void;
}

export function createPinLimit(clock: Clock): PinLimit {
  const tries = new Map<SessionId, { wrong: number; lastMs: number; waitUntilMs: number }>();
  const looking = new Set<SessionId>();

  const countWrong = (session: SessionId) => {
    const nowMs = clock.nowMs();
    const known = tries.get(session);
    const forgiven = known ? Math.floor((nowMs - known.lastMs) / FORGIVEN_AFTER_MS) : 0;
    const wrong = Math.max(0, (known?.wrong ?? 0) - forgiven) + 1;
    const over = wrong - MAX_WRONG_PINS;
    const waitMs = over < 0 ? 0 : Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** over);
    tries.set(session, { wrong, lastMs: nowMs, waitUntilMs: nowMs + waitMs });
  };

  /** Phones whose wrong PINs are all forgiven, or gone with their sessions. */
  const sweep = () => {
    for (const [session, { wrong, lastMs }] of tries)
      if (clock.nowMs() - lastMs >= wrong * FORGIVEN_AFTER_MS) tries.delete(session);
  };

  return {
    countWrong,
    async attempt(session, look) {
      if (looking.has(session)) throw new LongtableError('tooFast');
      if (clock.nowMs() < (tries.get(session)?.waitUntilMs ?? 0)) throw new LongtableError('tooManyGuesses');
      sweep();
      looking.add(session);
      try {
        const found = await look();
        if (found === null) countWrong(session);
        return found;
      } finally {
        looking.delete(session);
      }
    },
  };
}
