import type { Scenario } from './scenario.ts';
import { clock } from './scenarios/clock.ts';
import { compactionEmbedded, compactionPostgres } from './scenarios/compaction.ts';
import { diskFull } from './scenarios/disk-full.ts';
import { severalNodes } from './scenarios/nodes.ts';
import { killEmbedded, killPostgres } from './scenarios/kill.ts';
import { clientNetwork, deliveries } from './scenarios/network.ts';
import { databaseNetwork, restartPostgres, stallPostgres } from './scenarios/postgres.ts';
import { revoke } from './scenarios/revoke.ts';
import { upkeep } from './scenarios/upkeep.ts';

/** What the quick form leaves to the others: the embedded database takes its time to start, and was killed before. */
export const NOT_QUICK: readonly string[] = ['compaction-embedded'];

/** By the name that `--scenario` takes, in the order in which they are played. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'kill-embedded': killEmbedded,
  'kill-postgres': killPostgres,
  'restart-postgres': restartPostgres,
  'stall-postgres': stallPostgres,
  'database-network': databaseNetwork,
  'client-network': clientNetwork,
  deliveries,
  'disk-full': diskFull,
  'compaction-embedded': compactionEmbedded,
  'compaction-postgres': compactionPostgres,
  revoke,
  upkeep,
  'several-nodes': severalNodes,
  clock,
};

/** They have no PostgreSQL beneath them. */
const EMBEDDED = ['kill-embedded', 'disk-full', 'compaction-embedded'];

/** They stop and stall the PostgreSQL that others share. */
const SPOIL_POSTGRES = ['restart-postgres', 'stall-postgres'];

/** It changes the time of the whole process, and waits that others measure by it. */
const ALONE = ['clock'];

/**
 * What is played after what: each turn has lanes that run side by side, each lane scenarios one after another. Most of
 * a scenario is waiting, so the quick form plays two at a time; never beside each other what would spoil the other.
 */
export function turnsOf(names: readonly string[], isQuick: boolean): string[][][] {
  if (!isQuick) return [[[...names]]];
  const those = (which: readonly string[]) => names.filter((name) => which.includes(name));
  const apart = [...EMBEDDED, ...SPOIL_POSTGRES, ...ALONE];
  const others = names.filter((name) => !apart.includes(name));
  return [
    [those(SPOIL_POSTGRES), those(EMBEDDED)],
    [others.filter((_, index) => index % 2 === 0), others.filter((_, index) => index % 2 === 1)],
    [those(ALONE)],
  ];
}
