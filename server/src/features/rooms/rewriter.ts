import { Worker } from 'node:worker_threads';
import type { RewriteJob, Rewritten } from './rewrite.ts';
import { packJob, type ThreadAnswer } from './rewrite-messages.ts';

/** Far above the fullest room our limits allow, which takes seconds. A job past it is taken for one that never ends. */
const MAX_JOB_MS = 60_000;

/** What one job may take. The fullest room takes about a quarter of it, twice, to be read back. */
const MAX_HEAP_MB = 512;

/** A thread costs 10 MB and a tenth of a second to start: kept while a busy room may need it again, not for ever. */
const IDLE_MS = 60_000;

/** Rooms that may wait for their turn. Past it they stay as they are, with their log, until they are next due. */
const MAX_WAITING = 1_000;

/** Rewrites rooms' bytes in a thread of its own, one at a time, so that nobody's typing waits for it. */
export interface Rewriter {
  /**
   * `makeJob` is called when its turn has come, so that what waits holds no bytes.
   * @throws Error where it failed; the next job gets a thread that is whole
   */
  run(makeJob: () => RewriteJob): Promise<Rewritten>;
  /** Ends the thread, and with it the job under way. Jobs that still wait fail. */
  close(): Promise<void>;
}

const runsFromSource = import.meta.url.endsWith('.ts');

/** It needs no setting, and what it does not have it cannot leak: database address, key folder. */
const startThread = (): Worker =>
  new Worker(
    new URL(runsFromSource ? './rewrite-thread-source.mjs' : './rewrite-thread.js', import.meta.url),
    {
      execArgv: runsFromSource ? ['--conditions=source'] : [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    },
  );

export function createRewriter(start: () => Worker = startThread, maxJobMs = MAX_JOB_MS): Rewriter {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  const begin = (): Worker => {
    const started = start();
    const forget = () => void (thread === started && (thread = null));
    // Also while nobody listens: an error that nobody hears ends the process.
    started.on('error', forget);
    started.on('exit', forget);
    return started;
  };

  const end = async (): Promise<void> => {
    if (idle) clearTimeout(idle);
    const ending = thread;
    idle = thread = null;
    await ending?.terminate();
  };

  const runNow = async (makeJob: () => RewriteJob): Promise<Rewritten> => {
    if (isClosed) throw new Error('the server stops');
    const job = makeJob();
    if (idle) clearTimeout(idle);
    idle = null;
    const current = (thread ??= begin());
    // While it works the process waits for it; at rest it keeps nobody from ending.
    current.ref();
    const answer = await ask(current, job, maxJobMs).catch(async (error: unknown) => {
      await end();
      throw error;
    });
    current.unref();
    idle = setTimeout(() => void end(), IDLE_MS).unref();
    if (!answer.ok) throw new Error(`a room was not rewritten: ${answer.failure}`);
    return { snapshot: answer.snapshot, vector: answer.vector };
  };

  return {
    run(makeJob) {
      if (waiting >= MAX_WAITING) return Promise.reject(new Error('too many rooms wait to be rewritten'));
      waiting += 1;
      const job = last.then(() => runNow(makeJob)).finally(() => (waiting -= 1));
      last = job.catch(() => undefined);
      return job;
    },
    async close() {
      isClosed = true;
      await end();
    },
  };
}

function ask(thread: Worker, job: RewriteJob, maxMs: number): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(limit);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      finish();
    };
    const onMessage = (answer: ThreadAnswer) => settle(() => resolve(answer));
    const fail = (reason: string) => settle(() => reject(new Error(reason)));
    const onError = (error: Error) => fail(`a rewriting thread failed: ${error.message}`);
    const onExit = (code: number) => fail(`a rewriting thread ended early (${code})`);
    const limit = setTimeout(() => fail('a rewriting took too long'), maxMs);
    thread.once('message', onMessage).once('error', onError).once('exit', onExit);
    const packed = packJob(job);
    thread.postMessage(packed, [packed.bytes.buffer as ArrayBuffer]);
  });
}
