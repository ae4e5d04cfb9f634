import { type RunningServer, startServer } from '../../../e2e/support/server.ts';

const FRESH = new URL('../../../scripts/lib/fresh.mjs', import.meta.url);

interface Fresh {
  parts: readonly { name: string }[];
  isFresh(part: { name: string }): boolean;
}

/** The built server where the build is that of the sources as they are; else the sources themselves. */
export async function startCurrentServer(
  databaseUrl: string | undefined,
): Promise<RunningServer & { isBuilt: boolean }> {
  const { parts, isFresh } = (await import(FRESH.href)) as Fresh;
  const isBuilt = parts.some((part) => part.name === 'server' && isFresh(part));
  const fromSource = [
    process.execPath,
    '--conditions=source',
    '--import',
    'tsx',
    'server/src/main.ts',
  ] as const;
  const server = await startServer({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(isBuilt ? {} : { command: fromSource }),
  });
  return Object.assign(server, { isBuilt });
}
