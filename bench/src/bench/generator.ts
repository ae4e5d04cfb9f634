/**
 * One run of one scenario on one server, in a process of its own on the generator's core. The result is the last
 * line of standard output, as JSON. Started by `bench.ts`: `generator.ts SCENARIO SERVER SECONDS SCALE`.
 */
import { type Scenario, SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { type ServerName, startBenchServer } from './servers.ts';

const [scenario, name, seconds, scale] = process.argv.slice(2) as [ScenarioName, ServerName, string, string];
const { measure, collects = false }: Scenario = SCENARIOS[scenario];
const server = await startBenchServer(name, { databaseUrl: process.env.TEST_DATABASE_URL, collects });
// However it ends, it leaves no server and no database behind.
const end = () => void server.dispose().finally(() => process.exit(1));
process.once('SIGTERM', end);
process.once('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  end();
});
try {
  const metrics = await measure(server, { seconds: Number(seconds), scale: Number(scale) });
  process.stdout.write(`${JSON.stringify(metrics)}\n`);
} finally {
  await server.dispose();
}
process.exit(0);
