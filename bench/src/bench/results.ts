import { type Metric, METRICS, type Metrics } from './metrics.ts';
import type { ServerName } from './servers.ts';

/** One row of the JSON file. */
export interface Result {
  scenario: string;
  server: ServerName;
  metric: Metric;
  unit: string;
  runs: number;
  min: number;
  median: number;
  max: number;
}

/** Who the others are held against. */
export const REFERENCE: ServerName = 'hocuspocus';

export function summarise(scenario: string, measured: ReadonlyMap<ServerName, readonly Metrics[]>): Result[] {
  return [...measured].flatMap(([server, runs]) =>
    (Object.keys(METRICS) as Metric[]).flatMap((metric) => {
      const values = runs.flatMap((run) => run[metric] ?? []).sort((a, b) => a - b);
      const [min] = values;
      const max = values.at(-1);
      if (min === undefined || max === undefined) return [];
      const unit = METRICS[metric];
      return [{ scenario, server, metric, unit, runs: values.length, min, median: median(values), max }];
    }),
  );
}

/** @param sorted at least one value */
function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const [below = 0, above = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 0 ? (below + above) / 2 : above;
}

const CELL = 18;
const figure = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** A table of one scenario: a line a metric, a column a server, with its ratio to the reference. */
export function describe(results: readonly Result[]): string[] {
  const servers = [...new Set(results.map(({ server }) => server))];
  const metrics = [...new Set(results.map(({ metric }) => metric))];
  const found = (metric: Metric, server: ServerName) =>
    results.find((result) => result.metric === metric && result.server === server)?.median;
  const cell = (metric: Metric, server: ServerName): string => {
    const value = found(metric, server);
    const reference = found(metric, REFERENCE);
    if (value === undefined) return '–';
    return reference && server !== REFERENCE
      ? `${figure(value)} (${(value / reference).toFixed(2)}×)`
      : figure(value);
  };
  const width = Math.max(...metrics.map((metric) => metric.length)) + 2;
  return [
    `${results[0]?.scenario ?? ''}: medians of ${results[0]?.runs ?? 0}, and how many times ${REFERENCE}'s`,
    ''.padEnd(width) + servers.map((server) => server.padStart(CELL)).join(''),
    ...metrics.map(
      (metric) =>
        metric.padEnd(width) + servers.map((server) => cell(metric, server).padStart(CELL)).join(''),
    ),
  ];
}
