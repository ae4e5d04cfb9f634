import type { WireMeter } from './wire-meter.ts';

const whole = (value: number) => Math.round(value).toLocaleString('en');
const decimal = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
export const seconds = (ms: number) => `${decimal(ms / 1_000)} s`;

/** The smallest value that at least this share of the values do not exceed; NaN where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export interface Measured {
  edits: number;
  /** From the first edit until the last was acknowledged. */
  totalMs: number;
  /** Of that: from the kill until every client had joined again, and what was written by then. */
  outage: { ms: number; edits: number };
  meters: readonly WireMeter[];
}

export function describeFigures({ edits, totalMs, outage, meters }: Measured): string[] {
  const waits = meters.flatMap((meter) => meter.acknowledgementsMs);
  const sum = (of: (meter: WireMeter) => number) => meters.reduce((total, meter) => total + of(meter), 0);
  const activeMs = totalMs - outage.ms;
  const activeEdits = edits - outage.edits;
  return [
    `${whole((activeEdits / activeMs) * 1_000)} edits/s: ${whole(activeEdits)} edits in ${seconds(activeMs)}; ` +
      `the outage of ${seconds(outage.ms)} and its ${whole(outage.edits)} edits are not counted`,
    `acknowledged after p50 ${decimal(percentile(waits, 0.5))} ms, p99 ${decimal(percentile(waits, 0.99))} ms: ` +
      `${whole(waits.length)} pushes of ${decimal(edits / waits.length)} edits, ${sum((meter) => meter.unansweredPushes)} more unanswered at a kill`,
    `${whole(sum((meter) => meter.sentBytes))} bytes sent and ${whole(sum((meter) => meter.receivedBytes))} received by all clients together, as WebSocket messages`,
  ];
}
