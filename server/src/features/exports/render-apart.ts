import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExportFormat } from '@longtable/shared/protocol/http/documents';
import type { ExportDocument } from './export-document.ts';
import type { RenderAnswer, RenderRequest } from './render-process.ts';
import type { TableCardsSheet } from './table-cards-pdf.ts';

/**
 * Renders in a process of its own: the typing of others does not wait for a long table, the 100 MB that
 * layout and its fonts take are given back at once, and a fault in native code ends one export, not the server.
 */
export const renderApart = (document: ExportDocument, format: ExportFormat): Promise<Buffer> =>
  inTurn({ document, format });

export const renderCardsApart = (cards: TableCardsSheet): Promise<Buffer> => inTurn({ cards });

async function inTurn(request: RenderRequest): Promise<Buffer> {
  await takeTurn();
  try {
    return await renderInChild(request);
  } finally {
    giveTurn();
  }
}

/** The end of a workshop, when everyone exports at once, must not take a small server's memory. */
const MAX_AT_ONCE = 2;

/** Far above the longest document our limits allow, which takes seconds. */
const TIMEOUT_MS = 120_000;

let running = 0;
const queue: (() => void)[] = [];

async function takeTurn(): Promise<void> {
  if (running < MAX_AT_ONCE) running += 1;
  else await new Promise<void>((resolve) => queue.push(resolve));
}

/** A waiting export takes over the place, so that none can slip in between. */
function giveTurn(): void {
  const next = queue.shift();
  if (next) next();
  else running -= 1;
}

const runsFromSource = import.meta.url.endsWith('.ts');
const entry = fileURLToPath(
  new URL(runsFromSource ? './render-process.ts' : './render-process.js', import.meta.url),
);

function renderInChild(request: RenderRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, {
      execArgv: runsFromSource ? ['--conditions=source', '--import', 'tsx'] : [],
      serialization: 'advanced',
      // It needs no setting, and what it does not have it cannot leak: database address, key folder.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    child.once('message', (answer: RenderAnswer) => {
      if ('bytes' in answer) resolve(Buffer.from(answer.bytes));
      else reject(new Error(`export failed: ${answer.failure}`));
    });
    child.once('error', reject);
    // Not `exit`: on a busy machine that is heard before the answer, which still lies in the channel, is read.
    child.once('close', (code, signal) =>
      reject(new Error(`the export process ended early (${signal ?? code})`)),
    );
    child.send(request, (error) => {
      if (error) reject(error);
    });
  });
}
