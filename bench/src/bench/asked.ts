import { parseArgs } from 'node:util';
import type { ScenarioName } from './scenarios/scenarios.ts';
import { SERVER_NAMES, type ServerName } from './servers.ts';

const USAGE =
  'Usage: npm run bench -- [--quick] [--scenario NAME] [--servers a,b] [--runs N] [--json FILE] [--profile FOLDER] | --report FILE';
const DEFAULT_RUNS = 3;
const DEFAULT_SECONDS = 20;
/** The quick form as a whole takes at most 50 s; what is under way when they are over needs some of them. */
const QUICK_MS = 48_000;
const QUICK_SECONDS = 4;

export interface Asked {
  isQuick: boolean;
  scenarios: ScenarioName[];
  /** Where the scenario should not choose. */
  servers: ServerName[] | undefined;
  runs: number;
  seconds: number;
  /** No further round of runs begins if it would end after this. */
  untilMs: number;
  json: string | undefined;
  /** Where to put processor profiles of the servers; measuring them costs, so such figures are not for publishing. */
  profile: string | undefined;
  /** Run nothing: write the figures of an earlier --json into docs/BENCHMARKS.md and draw them. */
  report: string | undefined;
}

/** What was asked for, or a sentence on why that cannot be. */
export function readAsked(args: string[], names: readonly ScenarioName[]): Asked | string {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        scenario: { type: 'string' },
        servers: { type: 'string' },
        runs: { type: 'string' },
        json: { type: 'string' },
        profile: { type: 'string' },
        report: { type: 'string' },
      },
    }));
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
  const scenario = names.find((name) => name === values.scenario);
  if (values.scenario !== undefined && !scenario) return `--scenario is one of ${names.join(', ')}.`;
  const servers = values.servers?.split(',');
  const unknown = servers?.find((name) => !(SERVER_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) return `--servers takes some of ${SERVER_NAMES.join(',')}, not "${unknown}".`;
  if (values.runs !== undefined && !/^[1-9]\d?$/.test(values.runs))
    return '--runs takes a number from 1 to 99.';

  const isQuick = values.quick ?? false;
  return {
    isQuick,
    scenarios: scenario ? [scenario] : isQuick ? ['workshop'] : [...names],
    servers: (servers as ServerName[] | undefined) ?? (isQuick ? ['longtable', 'hocuspocus'] : undefined),
    runs: values.runs === undefined ? DEFAULT_RUNS : Number(values.runs),
    seconds: isQuick ? QUICK_SECONDS : DEFAULT_SECONDS,
    untilMs: isQuick ? Date.now() + QUICK_MS : Number.POSITIVE_INFINITY,
    json: values.json,
    profile: values.profile,
    report: values.report,
  };
}
