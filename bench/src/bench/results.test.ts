import { describe, expect, it } from '@jest/globals';
import { describe as table, summarise } from './results.ts';
import type { Metrics } from './metrics.ts';
import type { ServerName } from './servers.ts';

const runs = (...latencies: number[]): Metrics[] => latencies.map((latencyP99Ms) => ({ latencyP99Ms }));

describe('results of several runs', () => {
  it('are the least, the middle and the most of each metric', () => {
    expect(summarise('workshop', new Map([['longtable' as const, runs(30, 10, 20)]]))).toEqual([
      {
        scenario: 'workshop',
        server: 'longtable',
        metric: 'latencyP99Ms',
        unit: 'ms',
        runs: 3,
        min: 10,
        median: 20,
        max: 30,
      },
    ]);
    const [ofTwo] = summarise('workshop', new Map([['longtable' as const, runs(10, 40)]]));
    expect(ofTwo?.median).toBe(25);
  });

  it('stand beside those of the reference, with how many times its they are', () => {
    const measured = new Map<ServerName, Metrics[]>([
      ['longtable', runs(10)],
      ['hocuspocus', runs(20)],
      ['ws-relay', [{ bytesPerDelivery: 7 }]],
    ]);
    const lines = table(summarise('workshop', measured));
    expect(lines.find((line) => line.startsWith('latencyP99Ms'))).toMatch(/10\.0 \(0\.50×\)\s+20\.0\s+–$/);
    expect(lines.find((line) => line.startsWith('bytesPerDelivery'))).toMatch(/–\s+–\s+7\.00$/);
  });
});
