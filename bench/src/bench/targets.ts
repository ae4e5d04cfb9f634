import type { Metric } from './metrics.ts';
import { REFERENCE, type Result } from './results.ts';
import type { ScenarioName } from './scenarios/scenarios.ts';
import type { ServerName } from './servers.ts';

/** What we require of ourselves, held against the reference in the same run where it is not `alone`. */
interface Target {
  metric: Metric;
  /** Times the reference's, more than the reference's in the metric's unit, or the figure itself. */
  bound: 'times' | 'more' | 'alone';
  most?: number;
  least?: number;
}

const times = (metric: Metric, most: number): Target => ({ metric, bound: 'times', most });
const nothingLost: Target = { metric: 'lostAcknowledgedEdits', bound: 'alone', most: 0 };
const opening = (most: number): Target[] => [times('fullTextMs', most), times('bytesPerDelivery', 0.5)];

export const TARGETS: Readonly<Record<ScenarioName, readonly Target[]>> = {
  workshop: [
    times('serverCpuSecondsPerThousandDeliveries', 0.7),
    { metric: 'latencyP99Ms', bound: 'more', most: 20 },
  ],
  'busy-workshop': [
    times('serverCpuSecondsPerThousandDeliveries', 0.55),
    times('receiverCpuSecondsPerThousandDeliveries', 0.5),
    times('latencyP99Ms', 1.1),
  ],
  'workshop-cursors': [times('serverCpuSecondsPerThousandDeliveries', 0.6), times('bytesPerDelivery', 0.5)],
  'many-workshops': [times('serverCpuSecondsPerThousandDeliveries', 0.85), times('latencyP99Ms', 1)],
  'big-room': [times('serverCpuSecondsPerThousandDeliveries', 0.8), times('latencyP99Ms', 0.7)],
  'cold-open': opening(0.5),
  'cold-open-friendsforever': opening(0.5),
  'warm-open': opening(1),
  'warm-open-friendsforever': opening(1),
  'reconnect-storm': [times('allSyncedMs', 1)],
  'reconnect-storm-at-once': [times('allSyncedMs', 1)],
  crash: [nothingLost],
  'crash-15s': [nothingLost],
  saturation: [{ metric: 'maxWriters', bound: 'times', least: 2 }],
  'idle-memory': [times('kbPerConnection', 0.7), times('kbPerRoom', 0.1)],
  pglite: [{ metric: 'latencyP99Ms', bound: 'alone', most: 60 }, nothingLost],
};

export interface Verdict {
  metric: Metric;
  required: string;
  found: string;
  isMet: boolean | null;
}

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : String(+value.toPrecision(3)));

/** What is required of a scenario and what was found; `isMet` is null where it was not measured. */
export function verdictsOn(scenario: string, results: readonly Result[]): Verdict[] {
  const ours: ServerName = scenario === 'pglite' ? 'longtable-pglite' : 'longtable';
  const median = (server: ServerName, metric: Metric) =>
    results.find((result) => result.server === server && result.metric === metric)?.median;
  return (TARGETS[scenario as ScenarioName] ?? []).map(({ metric, bound, most, least }) => {
    const suffix = { times: '×', more: ' more', alone: '' }[bound];
    const [sign, limit] = least === undefined ? ['≤', most ?? 0] : ['≥', least];
    const [value, reference] = [median(ours, metric), median(REFERENCE, metric)];
    const required = `${sign} ${limit}${suffix}`;
    // Nothing takes less than nothing: below zero, what was taken off was more than what was there.
    const isFound = (median: number | undefined) => median !== undefined && median >= 0;
    const isMeasured = isFound(value) && (bound === 'alone' || isFound(reference));
    if (value === undefined || !isMeasured) return { metric, required, found: 'not measured', isMet: null };
    const found =
      bound === 'alone' ? value : bound === 'times' ? value / (reference ?? 0) : value - (reference ?? 0);
    // Not rounded: what is just over is over.
    const isMet = least === undefined ? found <= limit : found >= limit;
    return { metric, required, found: `${figure(found)}${suffix}`, isMet };
  });
}
