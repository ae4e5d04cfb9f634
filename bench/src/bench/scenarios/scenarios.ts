import type { Metrics } from '../metrics.ts';
import type { BenchServer, ServerName } from '../servers.ts';
import type { Size } from '../size.ts';
import { type ColdOpen, measureColdOpen } from './cold-open.ts';
import { type Crash, measureCrash, measureStorm, type Storm } from './outages.ts';
import { measureIdle } from './idle-memory.ts';
import { measureSaturation } from './saturation.ts';
import { measureTyping, type Typing } from './typing.ts';

export interface Scenario {
  /** Whom it compares, where nothing else was asked for. */
  servers: readonly ServerName[];
  /** Whether servers must be able to collect garbage when told. */
  collects?: boolean;
  measure(server: BenchServer, size: Size): Promise<Metrics>;
}

const everyone = ['longtable', 'hocuspocus', 'y-websocket', 'ws-relay', 'socketio-relay'] as const;

const typing = (load: Typing, servers: readonly ServerName[] = everyone): Scenario => ({
  servers,
  measure: (server, size) => measureTyping(server, load, size),
});

const stored = ['longtable', 'hocuspocus'] as const;

const coldOpen = (open: ColdOpen): Scenario => ({
  servers: stored,
  measure: (server) => measureColdOpen(server, open),
});
const storm = (of: Storm): Scenario => ({
  servers: stored,
  measure: (server, size) => measureStorm(server, of, size),
});
const crash = (of: Crash): Scenario => ({
  servers: stored,
  measure: (server, size) => measureCrash(server, of, size),
});

export const SCENARIOS = {
  workshop: typing({ rooms: 1, people: 40, writers: 40, perSecond: 5 }),
  'busy-workshop': typing({ rooms: 1, people: 80, writers: 80, perSecond: 5 }),
  'workshop-cursors': typing({ rooms: 1, people: 40, writers: 40, perSecond: 5, cursors: true }),
  'many-workshops': typing({ rooms: 200, people: 5, writers: 5, perSecond: 1 }, [
    'longtable',
    'hocuspocus',
    'y-websocket',
  ]),
  'big-room': typing({ rooms: 1, people: 300, writers: 10, perSecond: 2, presence: true }),
  'cold-open': coldOpen({ trace: 'automerge-paper', isWarm: false }),
  'cold-open-friendsforever': coldOpen({ trace: 'friendsforever', isWarm: false }),
  'warm-open': coldOpen({ trace: 'automerge-paper', isWarm: true }),
  'warm-open-friendsforever': coldOpen({ trace: 'friendsforever', isWarm: true }),
  'reconnect-storm': storm({ people: 300, writers: 10, atOnce: false }),
  'reconnect-storm-at-once': storm({ people: 300, writers: 10, atOnce: true }),
  crash: crash({ people: 10, perSecond: 5, seconds: 5 }),
  'crash-15s': crash({ people: 10, perSecond: 5, seconds: 15 }),
  saturation: { servers: stored, measure: measureSaturation },
  'idle-memory': {
    servers: ['longtable', 'hocuspocus', 'y-websocket'],
    collects: true,
    measure: measureIdle,
  },
  pglite: typing({ rooms: 1, people: 40, writers: 40, perSecond: 5, killed: true }, [
    'longtable-pglite',
    'hocuspocus',
  ]),
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
