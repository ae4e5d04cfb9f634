import { describe, expect, it } from '@jest/globals';
import { createMetrics, serveMetrics } from './metrics.ts';

describe('metrics', () => {
  it('count what happened, and ask what is the case when somebody looks', async () => {
    const metrics = createMetrics();
    metrics.committed(0.004, 12);
    metrics.wrote(0.03);
    metrics.refused('tooFast');
    metrics.refused('tooFast');
    metrics.droppedReader();
    let rooms = 3;
    const end = metrics.watch('longtable_open_rooms', () => rooms);
    rooms = 5;
    const page = await metrics.registry.metrics();
    expect(page).toContain('longtable_commit_seconds_bucket{le="0.005"} 1');
    expect(page).toContain('longtable_commit_seconds_bucket{le="0.002"} 0');
    expect(page).toContain('longtable_batch_writes_sum 12');
    expect(page).toContain('longtable_write_seconds_count 1');
    expect(page).toContain('longtable_refusals_total{code="tooFast"} 2');
    expect(page).toContain('longtable_dropped_readers_total 1');
    expect(page).toContain('longtable_open_rooms 5');
    end();
    expect(await metrics.registry.metrics()).toContain('longtable_open_rooms 0');
  });

  it('are served to this computer alone, with the delay of the event loop', async () => {
    const served = await serveMetrics(createMetrics(), 0);
    try {
      const answer = await fetch(`http://127.0.0.1:${served.port}/metrics`);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
      expect(await answer.text()).toContain('nodejs_eventloop_lag_p99_seconds');
      expect((await fetch(`http://127.0.0.1:${served.port}/`)).status).toBe(404);
      expect((await fetch(`http://127.0.0.1:${served.port}/metrics`, { method: 'POST' })).status).toBe(404);
      // On Linux every 127.x.x.x is this computer: whoever listens everywhere answers there too, this one does not.
      if (process.platform === 'linux')
        await expect(fetch(`http://127.0.0.2:${served.port}/metrics`)).rejects.toThrow();
    } finally {
      served.close();
    }
  });

  it('end the start with a sentence where their port is taken', async () => {
    const first = await serveMetrics(createMetrics(), 0);
    await expect(serveMetrics(createMetrics(), first.port)).rejects.toThrow(/METRICS_PORT/);
    first.close();
  });
});
