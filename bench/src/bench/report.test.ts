import { describe, expect, it } from '@jest/globals';
import { chartOf, figuresOf, pageWith, tableOf, targetsOf } from './report.ts';
import type { Result } from './results.ts';

const result = (server: Result['server'], metric: Result['metric'], median: number): Result => ({
  scenario: 'workshop',
  server,
  metric,
  unit: metric.startsWith('latency') ? 'ms' : 's',
  runs: 3,
  min: median,
  median,
  max: median,
});
const results = [
  result('longtable', 'latencyP99Ms', 30),
  result('hocuspocus', 'latencyP99Ms', 20),
  result('longtable', 'serverCpuSecondsPerThousandDeliveries', 0.004),
  result('hocuspocus', 'serverCpuSecondsPerThousandDeliveries', 0.008),
];

describe('the report', () => {
  it('has a table with each figure and how many times the reference it is', () => {
    expect(tableOf(results).split('\n')).toEqual([
      '| | longtable | hocuspocus |',
      '| --- | --: | --: |',
      '| server, ms of processor a thousand deliveries | 4 (0.50×) | 8 |',
      '| 99 of 100 arrive within, ms | 30 (1.50×) | 20 |',
    ]);
  });

  it('draws each bar against the longest of its group', () => {
    const widths = [...chartOf('workshop', results).matchAll(/width="([\d.]+)" height="16"/g)];
    expect(widths.map(([, width]) => Number(width))).toEqual([220, 440, 440, 293.3]);
  });

  it('replaces what stands between its marks and nothing else', () => {
    const marks = '<!-- figures: written by npm run bench -- --report -->old<!-- end of figures -->';
    const page = pageWith(`before ${marks} after`, figuresOf(results, 'On a machine.'));
    expect(page).toMatch(
      /^before <!-- figures[^]*On a machine\.[^]*### workshop[^]*end of figures --> after$/,
    );
    expect(page).not.toContain('old');
    expect(pageWith(page, figuresOf(results, 'On a machine.'))).toBe(page);
    expect(() => pageWith('no marks', '')).toThrow(/lacks/);
  });

  it('says of each target whether it was met, not met or not measured', () => {
    expect(targetsOf('workshop', results).split('\n').slice(2)).toEqual([
      '| server, ms of processor a thousand deliveries | ≤ 0.7× | 0.5× | met |',
      '| 99 of 100 arrive within, ms | ≤ 20 more | 10 more | met |',
    ]);
    expect(targetsOf('busy-workshop', results).split('\n').slice(2)).toEqual([
      '| server, ms of processor a thousand deliveries | ≤ 0.55× | 0.5× | met |',
      '| receivers, ms of processor a thousand deliveries | ≤ 0.5× | not measured | – |',
      '| 99 of 100 arrive within, ms | ≤ 1.1× | 1.5× | **not met** |',
    ]);
    const writers = [result('longtable', 'maxWriters', 199.9), result('hocuspocus', 'maxWriters', 100)];
    expect(targetsOf('saturation', writers)).toContain('| ≥ 2× | 2× | **not met** |');
    const rooms = (ours: number, theirs: number) =>
      targetsOf('idle-memory', [
        result('longtable', 'kbPerRoom', ours),
        result('hocuspocus', 'kbPerRoom', theirs),
      ]);
    expect(rooms(24, 553)).toContain('| kB a room | ≤ 0.1× | 0.0434× | met |');
    expect(rooms(-24, 553)).toContain('| kB a room | ≤ 0.1× | not measured | – |');
    expect(rooms(24, -553)).toContain('| kB a room | ≤ 0.1× | not measured | – |');
    const lost = [result('longtable', 'lostAcknowledgedEdits', 1)];
    expect(targetsOf('crash', lost)).toContain('| ≤ 0 | 1 | **not met** |');
  });
});
