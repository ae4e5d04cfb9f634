import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const loader = import.meta.resolve('tsx');

interface Run {
  child: ChildProcess;
  output: () => string;
  /** The address that it printed; rejects if it ends before. */
  ready: Promise<string>;
  ended: Promise<number | null>;
}

/** The real process, as a host admin starts and kills it. */
describe('the server process', () => {
  let folder: string;
  const runs: Run[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'longtable-server-'));
  });
  afterEach(async () => {
    for (const run of runs.splice(0)) {
      run.child.kill('SIGKILL');
      await run.ended;
    }
    rmSync(folder, { recursive: true });
  });

  const start = (settings: Record<string, string> = {}): Run => {
    const child = spawn(process.execPath, ['--conditions=source', '--import', loader, main], {
      env: {
        PATH: '',
        PORT: '0',
        DATA_DIR: path.join(folder, 'data'),
        KEYS_DIR: path.join(folder, 'keys'),
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const ready = new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        text += chunk.toString();
        const address = /Open (http\S+)/.exec(text)?.[1];
        if (address) resolve(address);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void once(child, 'close').then(() => reject(new Error(text)));
    });
    ready.catch(() => {});
    const run = { child, output: () => text, ready, ended };
    runs.push(run);
    return run;
  };

  it('says what it does, keeps a second one off its data, is killed, and starts again at once with all that was saved, never without its keys', async () => {
    const first = start();
    const address = await first.ready;
    expect(first.output()).toMatch(
      /^Starting Longtable …\nSetting up the embedded database, this takes a few seconds …\n/,
    );
    const begun = await fetch(`${address}/api/partnerships`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address },
      body: JSON.stringify({
        title: 'T',
        template: 'full',
        locales: ['en'],
        circles: 1,
        handle: { picture: 'kite' },
      }),
    });
    const { partnershipId, seatId } = (await begun.json()) as { partnershipId: string; seatId: string };
    const cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!;

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`is in use by another Longtable, process ${first.child.pid}.`);

    first.child.kill('SIGKILL');
    await first.ended;
    const third = start();
    const again = await third.ready;
    expect(third.output()).not.toContain('Setting up');
    const table = await fetch(`${again}/api/partnerships/${partnershipId}`, {
      headers: { cookie, 'longtable-seat': seatId },
    });
    expect(await table.json()).toMatchObject({ title: 'T' });

    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);

    const keyless = start({ KEYS_DIR: path.join(folder, 'other-keys') });
    expect(await keyless.ended).toBe(1);
    expect(keyless.output()).toContain(
      'other-keys is empty, but the database holds words that were sealed with other keys.',
    );
  }, 60_000);

  it('names all wrong settings at once and ends', async () => {
    const run = start({ PORT: 'x', PUBLIC_URL: 'http://table.example.org' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('These settings need your attention:\n  - PORT must be a whole number');
    expect(run.output()).toContain('\n  - PUBLIC_URL must start with https');
    expect(run.output()).not.toContain('    at ');
  });

  it('says that its port is taken', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const run = start({ PORT: String(port) });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${port} is taken by another program.`);
    taken.close();
  }, 60_000);
});
