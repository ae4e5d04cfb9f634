/**
 * Replays a recorded editing session through real clients and a server that is killed twice meanwhile:
 *
 *     npm run replay -- FILE [--clients N] [--postgres]
 *
 * Exits with 0 when every client's text, the stored text and the exported text are what the recording
 * ended with, with 1 when one is not or the replay failed, with 2 when it was asked for the impossible.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_CODE_USES } from '@longtable/shared/limits';
import { createFreshDatabase } from './replay/fresh-database.ts';
import { runReplay } from './replay/run.ts';
import { TraceError } from './replay/trace-error.ts';
import { readTrace, type Trace } from './replay/trace.ts';

const USAGE = 'Usage: npm run replay -- FILE [--clients N] [--postgres]';
/** Clients of a session by one author, who take turns. */
const DEFAULT_CLIENTS = 3;

interface Asked {
  file: string;
  clients: number | undefined;
  postgresUrl: string | undefined;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** What was asked for, or a sentence on why that cannot be. */
function readArguments(): Asked | string {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { clients: { type: 'string' }, postgres: { type: 'boolean' } },
    });
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
  const [file, ...more] = parsed.positionals;
  if (!file || more.length > 0) return USAGE;
  const { clients } = parsed.values;
  if (
    clients !== undefined &&
    !(/^\d+$/.test(clients) && Number(clients) >= 1 && Number(clients) <= MAX_CODE_USES)
  ) {
    return `--clients takes a number from 1 to ${MAX_CODE_USES}.`;
  }
  const postgresUrl = parsed.values.postgres ? process.env.TEST_DATABASE_URL : undefined;
  if (parsed.values.postgres && !postgresUrl) {
    return '--postgres needs TEST_DATABASE_URL=postgres://user:password@host:5432/name, where it may create a database.';
  }
  return { file, clients: clients === undefined ? undefined : Number(clients), postgresUrl };
}

function clientsFor(trace: Trace, asked: number | undefined): number {
  if (trace.kind === 'sequential') return asked ?? DEFAULT_CLIENTS;
  if (asked !== undefined && asked < trace.agents.length) {
    throw new TraceError(
      `This session has ${trace.agents.length} authors, and each needs a client: --clients ${asked} is too few.`,
    );
  }
  return asked ?? trace.agents.length;
}

async function main(asked: Asked): Promise<number> {
  const trace = await readTrace(path.resolve(asked.file));
  const clients = clientsFor(trace, asked.clients);
  const authors = trace.kind === 'sequential' ? 'one author' : `${trace.agents.length} authors at once`;
  say(`${path.basename(asked.file)}: ${trace.edits.toLocaleString('en')} edits by ${authors}.`);
  say(
    `${clients} ${clients === 1 ? 'client' : 'clients'}, ${asked.postgresUrl ? 'PostgreSQL' : 'embedded database (PGlite)'}.`,
  );

  const database = asked.postgresUrl ? await createFreshDatabase(asked.postgresUrl) : null;
  let stop = async (): Promise<void> => {};
  const onInterrupt = (): void => {
    const tidy = async () => {
      await stop();
      await database?.drop();
    };
    void tidy().finally(() => process.exit(130));
  };
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  try {
    const differing = await runReplay(trace, {
      clients,
      databaseUrl: database?.url,
      say,
      onServer: (end) => (stop = end),
    });
    say(differing === 0 ? 'Nothing was lost.' : `${differing} of the texts differ from endContent.`);
    return differing === 0 ? 0 : 1;
  } finally {
    await database?.drop();
  }
}

const asked = readArguments();
if (typeof asked === 'string') {
  process.stderr.write(`${asked}\n`);
  process.exit(2);
}
main(asked).then(
  (status) => process.exit(status),
  (error: unknown) => {
    const isImpossible = error instanceof TraceError;
    process.stderr.write(
      isImpossible ? `${error.message}\n` : `The replay failed: ${(error as Error).stack}\n`,
    );
    process.exit(isImpossible ? 2 : 1);
  },
);
