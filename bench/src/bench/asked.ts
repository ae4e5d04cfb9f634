import { parseArgs } from 'node:util';
import type { ScenarioName } from './scenarios/scenarios.ts';
import { MOST_RUN_MS, QUICK_END_MS } from './time-limits.ts';
import { SERVER_NAMES, type ServerName } from './servers.ts';

const USAGE =
  'Usage: npm run bench -- [--quick] [--scenario NAME] [--servers a,b] [--runs N] [--scale SHARE] [--json FILE] [--profile FOLDER] | --report FILE';
const DEFAULT_RUNS = 3;
const DEFAULT_SECONDS = 20;
/** Enough for six hundred edits of a workshop; `time-limits.ts` has the rest. */
const QUICK_SECONDS = 3;

export interface Asked {
  isQuick: boolean;
  scenarios: ScenarioName[];
  /** Where the scenario should not choose. */
  servers: ServerName[] | undefined;
  runs: number;
  seconds: number;
  /** Of each scenario's people and rooms; figures of less than all of them are nobody's. */
  scale: number;
  /** No further round of runs begins if it would end after this, and what is under way then is ended. */
  untilMs: number;
  /** What one run may take. */
  mostRunMs: number;
  json: string | undefined;
  /** Where to put processor profiles of the servers; measuring them costs, so such figures are not for publishing. */
  profile: string | undefined;
  /** Run nothing: write the figures of an earlier --json into docs/BENCHMARKS.md and draw them. */
  report: string | undefined;
}

/** What was asked for, or a sentence on why that cannot be. */
export function readAsked(
  args: string[],
  names: readonly ScenarioName[],
  startedMs = Date.now(),
): Asked | string {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        scenario: { type: 'string' },
        servers: { type: 'string' },
        runs: { type: 'string' },
        scale: { type: 'string' },
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
  const scale = Number(values.scale ?? 1);
  if (!(scale > 0 && scale <= 1)) return '--scale takes a share above 0, up to 1.';
  if (values.json !== undefined && (scale < 1 || values.profile !== undefined))
    return 'Figures of less than the whole load, or beside a profiler, are for trying out: without --json.';

  const isQuick = values.quick ?? false;
  return {
    isQuick,
    scenarios: scenario ? [scenario] : isQuick ? ['workshop'] : [...names],
    servers: (servers as ServerName[] | undefined) ?? (isQuick ? ['longtable', 'hocuspocus'] : undefined),
    runs: values.runs === undefined ? DEFAULT_RUNS : Number(values.runs),
    seconds: isQuick ? QUICK_SECONDS : Math.max(QUICK_SECONDS, DEFAULT_SECONDS * scale),
    scale,
    untilMs: isQuick ? startedMs + QUICK_END_MS : Number.POSITIVE_INFINITY,
    mostRunMs: MOST_RUN_MS,
    json: values.json,
    profile: values.profile,
    report: values.report,
  };
}
