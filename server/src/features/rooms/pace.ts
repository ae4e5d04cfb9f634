import type { RoomId } from '@longtable/shared/ids';

/**
 * Batches of one room begin at least this far apart: so long for each person who hears of them, up to the most, and
 * no time at all for the few. Where little is written nobody waits; where many write at once, each phone hears of
 * several edits in one message.
 */
const SPACING_MS_PER_HEARER = 0.5;
const FEW_HEARERS = 8;
const MAX_SPACING_MS = 18;

/**
 * Transactions of a node begin at least so far apart as is written in all its rooms together: not at all up to the
 * first rate, which a hundred people hardly reach, and from the second on so that a hundred a second carry it.
 */
const EASY_WRITES_PER_SECOND = 500;
const MANY_WRITES_PER_SECOND = 1_000;
const MAX_NODE_SPACING_MS = 10;
/** Over how long that rate is taken. */
const RATE_MS = 1_000;

/** Rooms remembered before those whose turn has come anyway are forgotten. */
const MAX_REMEMBERED = 1_000;

export interface Pace {
  /** The earliest moment at which a batch of this room may begin. */
  turnMs(room: RoomId, hearers: number): number;
  /** A batch of this room begins. */
  began(room: RoomId, nowMs: number): void;
  /** A transaction of so many writes begins. */
  took(writes: number, nowMs: number): void;
}

/** When it is whose turn. A room waits for its own last batch, not for a busier room's; all wait for the node's. */
export function createPace(): Pace {
  const beganMs = new Map<RoomId, number>();
  let nodeBeganMs = -Infinity;
  let writesPerSecond = 0;

  const roomSpacingMs = (hearers: number): number =>
    hearers <= FEW_HEARERS ? 0 : Math.min(MAX_SPACING_MS, hearers * SPACING_MS_PER_HEARER);

  const nodeSpacingMs = (): number => {
    const load =
      (writesPerSecond - EASY_WRITES_PER_SECOND) / (MANY_WRITES_PER_SECOND - EASY_WRITES_PER_SECOND);
    return MAX_NODE_SPACING_MS * Math.min(1, Math.max(0, load));
  };

  return {
    turnMs(room, hearers) {
      return Math.max(
        nodeBeganMs + nodeSpacingMs(),
        (beganMs.get(room) ?? -Infinity) + roomSpacingMs(hearers),
      );
    },
    began(room, nowMs) {
      beganMs.set(room, nowMs);
      if (beganMs.size <= MAX_REMEMBERED) return;
      for (const [id, ms] of beganMs) if (ms + MAX_SPACING_MS < nowMs) beganMs.delete(id);
    },
    took(writes, nowMs) {
      writesPerSecond =
        writesPerSecond * Math.exp((nodeBeganMs - nowMs) / RATE_MS) + writes * (1_000 / RATE_MS);
      nodeBeganMs = nowMs;
    },
  };
}
