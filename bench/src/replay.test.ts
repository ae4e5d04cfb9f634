import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Three server starts, the first of which makes a database. */
const RUN_MS = 180_000;

const txn = (parents: number[], agent: number, ...patches: [number, number, string][]) => ({
  parents,
  agent,
  patches,
});
const session = {
  kind: 'concurrent',
  numAgents: 2,
  endContent: ' A *red* table\nfor 🪑🪁\n',
  txns: [
    txn([], 0, [0, 0, ' A table\nfor 🪑🪑']),
    txn([0], 1, [3, 0, '*red* ']),
    txn([0], 0, [14, 1, '🪁']),
    txn([1, 2], 1, [21, 0, '\n']),
  ],
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'longtable-replay-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function replay(trace: object): Promise<{ status: number; printed: string }> {
  const file = path.join(folder, 'session.json');
  await writeFile(file, JSON.stringify(trace));
  const flags = ['--conditions=source', '--import', 'tsx'];
  const child = spawn(process.execPath, [...flags, 'bench/src/replay.ts', file, '--clients', '3'], {
    cwd: ROOT,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const [status] = (await once(child, 'close')) as [number];
  return { status, printed };
}

describe('the replay tool', () => {
  it(
    'exits with 0 when every text is what the recording ended with, through two kills',
    async () => {
      const { status, printed } = await replay(session);
      expect(printed).toMatch(/SIGKILL after .* in flight/);
      expect(printed.match(/: equal to endContent/g)).toHaveLength(5);
      expect(status).toBe(0);
    },
    RUN_MS,
  );

  it(
    'exits with 1 and says where when the texts are not that',
    async () => {
      const { status, printed } = await replay({
        ...session,
        endContent: session.endContent.replace('red', 'bed'),
      });
      expect(printed.match(/: DIFFERS at character 4 /g)).toHaveLength(5);
      expect(status).toBe(1);
    },
    RUN_MS,
  );
});
