import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { holdRoom, type HeldRoom } from '../testing/held-room.ts';

describe('a room whose server can do nothing for it waits ever longer', () => {
  let t: HeldRoom;
  beforeEach(() => {
    t = holdRoom();
    t.join();
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(1);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });
  /** How long it waits now, in ms; then that is over. */
  const wait = () => {
    const startMs = Date.now();
    jest.advanceTimersToNextTimer();
    return Date.now() - startMs;
  };
  const isPutOut = () => {
    t.session.onClosed('resync');
    return wait();
  };

  it('and shortly again once a join has brought it in step', () => {
    t.session.onClosed('resync');
    expect([wait(), isPutOut(), isPutOut()]).toEqual([400, 800, 1_600]);
    t.join();
    expect(isPutOut()).toBe(400);
  });

  it('and longer still where it may join, but not what it sends', () => {
    t.write('word');
    for (const limitMs of [400, 800, 1_600]) {
      t.refuse('notOwner');
      expect(wait()).toBe(limitMs);
      t.join();
    }
    t.commit();
    expect(isPutOut()).toBe(400);
  });
});
