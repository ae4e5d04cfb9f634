/**
 * One run of one scenario on one server, in a process of its own on the generator's core. The result is the last
 * line of standard output, as JSON. Started by `bench.ts`: `generator.ts SCENARIO SERVER SECONDS`.
 */
import { SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { type ServerName, startBenchServer } from './servers.ts';

const [scenario, name, seconds] = process.argv.slice(2) as [ScenarioName, ServerName, string];
const server = await startBenchServer(name, process.env.TEST_DATABASE_URL);
try {
  const metrics = await SCENARIOS[scenario].measure(server, Number(seconds));
  process.stdout.write(`${JSON.stringify(metrics)}\n`);
} finally {
  await server.dispose();
}
process.exit(0);
