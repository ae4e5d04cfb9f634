import { describe, expect, it } from '@jest/globals';
import { createPace } from '../../../server/src/features/rooms/pace.ts';
import type { RoomId } from '@longtable/shared/ids';
import { ASSUMED, capacityOf, capacityTable } from './capacity.ts';
import type { Metric } from './metrics.ts';
import type { Result } from './results.ts';
import type { ScenarioName } from './scenarios/scenarios.ts';

const result = (scenario: ScenarioName, metric: Metric, median: number): Result => ({
  scenario,
  server: 'longtable',
  metric,
  unit: '',
  runs: 3,
  min: median,
  median,
  max: median,
});

/** Round figures of nobody's machine, so that the sums can be done in the head. */
const figures = (cpu: number, kbPerConnection: number): Result[] => [
  result('workshop', 'serverCpuSecondsPerThousandDeliveries', cpu / 2),
  result('many-workshops', 'serverCpuSecondsPerThousandDeliveries', cpu),
  result('workshop', 'serverRssMb', 48),
  result('workshop', 'bytesPerDelivery', 30),
  result('idle-memory', 'kbPerConnection', kbPerConnection),
  result('idle-memory', 'kbPerWrittenRoom', 400),
  result('many-workshops', 'commitsPerSecond', 100),
  result('many-workshops', 'walBytesPerEdit', 500),
  result('many-workshops', 'logBytesPerRow', 200),
];
const valueOf = (results: Result[], what: string) =>
  capacityOf(results)?.find(([line]) => line.startsWith(what))?.[1];

describe('the capacity model', () => {
  it('is of people as they are assumed to be', () => {
    expect(ASSUMED).toMatchObject({
      peopleInRoom: 40,
      typingShare: 0.1,
      charactersPerSecond: 5,
      busyShare: 0.6,
    });
  });

  it('lets a room of so many write as often as the server lets it', () => {
    const pace = createPace();
    const room = 'room' as RoomId;
    pace.began(room, 0);
    const { batchesPerSecondInRoom, peopleInRoom } = ASSUMED;
    expect(batchesPerSecondInRoom).toBeCloseTo(1_000 / pace.turnMs(room, peopleInRoom), 6);
  });

  it('takes the dearer delivery, and what a node is short of first', () => {
    // 19.5 deliveries a second for each person, 0.02 ms each: 0.39 ms of the 600 that may be used.
    expect(valueOf(figures(0.02, 40), 'people a node carries by its processor')).toBe('1,538');
    // 2,000 MB at 40 + 400 / 40 kB a person.
    expect(valueOf(figures(0.02, 40), 'people a node carries by its memory')).toBe('40,000');
    expect(valueOf(figures(0.02, 40), 'people a node carries')).toBe('1,538');
    expect(valueOf(figures(0.000_2, 1_990), 'nodes for')).toBe('100');
  });

  it('says what all nodes together ask of PostgreSQL and Redis', () => {
    const results = figures(0.02, 40);
    expect(valueOf(results, 'nodes for')).toBe('66');
    expect(valueOf(results, 'edits a second')).toBe('50,000');
    expect(valueOf(results, 'PostgreSQL, commits')).toBe('6,600');
    expect(valueOf(results, 'PostgreSQL, its own log')).toBe('25');
    // A room of 40 writes 20 edits a second, each a message of its own, to the 39 nodes where the others are.
    expect(valueOf(results, 'Redis, messages in')).toBe('50,000');
    expect(valueOf(results, 'Redis, messages out')).toBe('1,950,000');
  });

  it('computes nothing of half the figures', () => {
    expect(capacityOf(figures(0.02, 40).slice(1))).toBeUndefined();
    expect(capacityTable([], '')).toMatch(/^Not computed/);
  });
});
