/**
 * One run of one scenario on one server, in a process of its own on the generator's core. The result is the last
 * line of standard output, as JSON. Started by `bench.ts`: `generator.ts SCENARIO SERVER SECONDS SCALE`.
 */
import { endAtOnce } from './ending.ts';
import { type Scenario, SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { type ServerName, startBenchServer } from './servers.ts';

const [scenario, name, seconds, scale] = process.argv.slice(2) as [ScenarioName, ServerName, string, string];
const { measure, collects = false }: Scenario = SCENARIOS[scenario];
const starting = startBenchServer(name, { databaseUrl: process.env.TEST_DATABASE_URL, collects });
let ending: Promise<void> | null = null;
const end = () => void (ending ??= endAtOnce(starting).finally(() => process.exit(1)));
const fail = (error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  end();
};
// Before anything is waited for: a start under way, too, must leave no server and no database behind.
process.once('SIGTERM', end).once('SIGINT', end).on('uncaughtException', fail);

async function run(): Promise<void> {
  const server = await starting;
  const metrics = await measure(server, { seconds: Number(seconds), scale: Number(scale) });
  process.stdout.write(`${JSON.stringify(metrics)}\n`);
  await server.dispose();
}

run().then(() => process.exit(0), fail);
