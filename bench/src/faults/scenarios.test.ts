import { expect, it } from '@jest/globals';
import { NOT_QUICK, SCENARIOS, turnsOf } from './scenarios.ts';

const names = Object.keys(SCENARIOS);

it('every scenario is played once, whatever the length', () => {
  for (const isQuick of [true, false])
    expect(turnsOf(names, isQuick).flat(2).sort()).toEqual([...names].sort());
});

it('nothing runs beside the scenario that changes the time of the process', () => {
  for (const lanes of turnsOf(names, true)) {
    const played = lanes.flat();
    expect(played.includes('clock') && played.length > 1).toBe(false);
  }
});

it('the quick form leaves out only what there is', () => {
  for (const name of NOT_QUICK) expect(names).toContain(name);
});

it('nothing that needs PostgreSQL runs beside what stops and stalls it', () => {
  const embedded = ['kill-embedded', 'disk-full', 'compaction-embedded'];
  for (const lanes of turnsOf(names, true))
    for (const lane of lanes)
      for (const spoiler of ['restart-postgres', 'stall-postgres']) {
        if (!lane.includes(spoiler)) continue;
        const beside = lanes.filter((other) => other !== lane).flat();
        expect(beside.filter((name) => !embedded.includes(name))).toEqual([]);
      }
});
