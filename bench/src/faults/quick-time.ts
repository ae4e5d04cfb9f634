/** The quick form fits in this as a whole. */
export const QUICK_LIMIT_MS = 90_000;
/** The harness's own PostgreSQL is made and started. */
export const CLUSTER_MS = 10_000;
/** A scenario with one round takes no longer on a machine with two busy cores: mostly two starts and a comparison. */
export const SCENARIO_MS = 10_000;

type Turns = readonly (readonly (readonly string[])[])[];

/** How many scenarios are still to be played one after another once this one is over, itself not counted. */
export function scenariosAfter(turns: Turns, name: string): number {
  const turn = turns.findIndex((lanes) => lanes.some((lane) => lane.includes(name)));
  const lane = turns[turn]?.find((each) => each.includes(name)) ?? [];
  const longestOf = (lanes: Turns[number]) => Math.max(0, ...lanes.map(({ length }) => length));
  const later = turns.slice(turn + 1).reduce((sum, lanes) => sum + longestOf(lanes), 0);
  return lane.length - lane.indexOf(name) - 1 + later;
}

/** Whether another round leaves enough for this scenario's comparison and for those after it. */
export const isTimeForMore = (elapsedMs: number, scenariosToCome: number): boolean =>
  elapsedMs + (scenariosToCome + 1) * SCENARIO_MS <= QUICK_LIMIT_MS;

/** 1, 2 … up to the most: always the first, and each further one only while there is time. */
export function* roundsUpTo(most: number, isTime: () => boolean): Generator<number> {
  for (let round = 1; round <= most; round++) {
    if (round > 1 && !isTime()) return;
    yield round;
  }
}
