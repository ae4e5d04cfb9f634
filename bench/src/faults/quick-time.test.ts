import { describe, expect, it } from '@jest/globals';
import { NOT_QUICK, SCENARIOS, turnsOf } from './scenarios.ts';
import {
  CLUSTER_MS,
  isTimeForMore,
  QUICK_LIMIT_MS,
  roundsUpTo,
  SCENARIO_MS,
  scenariosAfter,
} from './quick-time.ts';

const names = Object.keys(SCENARIOS).filter((name) => !NOT_QUICK.includes(name));
const turns = turnsOf(names, true);

/** When it is all over, if a scenario with one round takes so long and each further round does, too. */
function endMs(scenarioMs: number, roundMs: number): number {
  let turnMs = CLUSTER_MS;
  for (const lanes of turns) {
    const ends = lanes.map((lane) => {
      let nowMs = turnMs;
      for (const name of lane) {
        // The rest of a scenario comes after its rounds: here, to be strict, all of it.
        for (const round of roundsUpTo(100, () => isTimeForMore(nowMs, scenariosAfter(turns, name))))
          if (round > 1) nowMs += roundMs;
        nowMs += scenarioMs;
      }
      return nowMs;
    });
    turnMs = Math.max(...ends);
  }
  return turnMs;
}

describe('the quick form', () => {
  it('has time for one round of every scenario', () => {
    expect(endMs(SCENARIO_MS, 0)).toBeLessThanOrEqual(QUICK_LIMIT_MS);
  });

  it.each([500, 2_000, 5_000])('is over in time with as many rounds of %d ms as it begins', (roundMs) => {
    const ended = endMs(SCENARIO_MS - roundMs, roundMs);
    expect(ended).toBeLessThanOrEqual(QUICK_LIMIT_MS);
    expect(ended).toBeGreaterThan(QUICK_LIMIT_MS - 3 * SCENARIO_MS);
  });

  it('counts what is still to come one after another, not what is played beside it', () => {
    const plan = [[['a', 'b'], ['c']], [['d'], ['e', 'f', 'g']], [['h']]];
    const after = (name: string) => scenariosAfter(plan, name);
    expect(['a', 'b', 'c', 'd', 'e', 'g', 'h'].map(after)).toEqual([5, 4, 4, 1, 3, 1, 0]);
  });

  it('plays a first round however late it is', () => {
    expect([...roundsUpTo(3, () => false)]).toEqual([1]);
    expect([...roundsUpTo(3, () => true)]).toEqual([1, 2, 3]);
  });
});
