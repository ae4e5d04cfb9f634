import { describe, expect, it } from '@jest/globals';
import { chartOf, pageWith, tableOf } from './report.ts';
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
    const page = pageWith(`before ${marks} after`, results, 'On a machine.');
    expect(page).toMatch(
      /^before <!-- figures[^]*On a machine\.[^]*### workshop[^]*end of figures --> after$/,
    );
    expect(page).not.toContain('old');
    expect(pageWith(page, results, 'On a machine.')).toBe(page);
    expect(() => pageWith('no marks', results, '')).toThrow(/lacks/);
  });
});
