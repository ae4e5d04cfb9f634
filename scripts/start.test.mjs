import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { root } from './lib/fresh.mjs';

/** A program that says its name, its process and the signal that ended it. */
const PROGRAM = `
  console.log('started', process.argv[1].endsWith('program.mjs'), process.pid);
  setInterval(() => {}, 1000);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { console.log('told', signal); process.exit(7); });
`;

let folder = '';
let printed = '';
let shell;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtable-start-'));
  writeFileSync(join(folder, 'program.mjs'), PROGRAM);
  writeFileSync(
    join(folder, 'start.mjs'),
    `import { become } from ${JSON.stringify(pathToFileURL(join(root, 'scripts/lib/become.mjs')).href)};
     await become(new URL('program.mjs', import.meta.url));`,
  );
  printed = '';
  // The trailing colon keeps the shell, as npm's does, from becoming Node itself.
  shell = spawn('sh', ['-c', `"${process.execPath}" start.mjs; :`], {
    cwd: folder,
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  shell.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function untilPrinted(pattern) {
  while (!pattern.test(printed)) await once(shell.stdout, 'data');
  return [...printed.match(pattern)];
}

it('becomes the program, which gets its own signals', async () => {
  const [, pid] = await untilPrinted(/started true (\d+)/);
  process.kill(Number(pid), 'SIGINT');
  expect(await untilPrinted(/told \w+/)).toEqual(['told SIGINT']);
});

it('ends the program kindly when the shell that npm put before it is gone', async () => {
  await untilPrinted(/started true/);
  shell.kill('SIGKILL');
  expect(await untilPrinted(/told \w+/)).toEqual(['told SIGTERM']);
});
