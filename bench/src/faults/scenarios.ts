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

/** They leave PostgreSQL alone, so the quick form plays them beside those that spoil it. */
const EMBEDDED = ['kill-embedded', 'disk-full', 'compaction-embedded'];

/** It changes the time of the whole process, and waits that others measure by it. */
const ALONE = ['clock'];

/** What is played after what: each turn has lanes that run side by side, each lane scenarios one after another. */
export function turnsOf(names: readonly string[], isQuick: boolean): string[][][] {
  if (!isQuick) return [[[...names]]];
  const isEmbedded = (name: string) => EMBEDDED.includes(name);
  const together = names.filter((name) => !ALONE.includes(name));
  return [
    [together.filter((name) => !isEmbedded(name)), together.filter(isEmbedded)],
    [names.filter((name) => ALONE.includes(name))],
  ];
}
