import { parseArgs } from 'node:util';
import type { Length } from './scenario.ts';

export const USAGE = 'Usage: npm run faults -- [--quick | --long] [--seed N] [--scenario NAME] [--json FILE]';
const MAX_SEED = 2 ** 32 - 1;

export interface Asked {
  length: Length;
  seed: number;
  scenarios: string[];
  json: string | undefined;
}

/** What was asked for, or a sentence on why that cannot be. */
export function readAsked(
  args: string[],
  names: readonly string[],
  notQuick: readonly string[],
  freshSeed: number,
): Asked | string {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        long: { type: 'boolean' },
        seed: { type: 'string' },
        scenario: { type: 'string', multiple: true },
        json: { type: 'string' },
      },
    }));
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
  if (values.quick && values.long) return `It is quick or long, not both.\n${USAGE}`;
  const unknown = values.scenario?.find((name) => !names.includes(name));
  if (unknown !== undefined) return `--scenario is one of ${names.join(', ')}.`;
  const { seed } = values;
  if (seed !== undefined && !(/^\d+$/.test(seed) && Number(seed) <= MAX_SEED))
    return `--seed takes a number from 0 to ${MAX_SEED}.`;
  return {
    length: values.quick ? 'quick' : values.long ? 'long' : 'usual',
    seed: seed === undefined ? freshSeed : Number(seed),
    scenarios: values.scenario ?? names.filter((name) => !values.quick || !notQuick.includes(name)),
    json: values.json,
  };
}
