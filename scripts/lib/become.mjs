import { fileURLToPath } from 'node:url';

const PARENT_CHECK_MS = 250;

/**
 * Turns this process into the given program: its signals, exit code and process id are the program's own,
 * and nothing waits beside it.
 */
export async function become(program) {
  if (process.env.npm_lifecycle_event) endWithParent();
  process.argv[1] = fileURLToPath(program);
  await import(program.href);
}

/**
 * npm runs a script in a shell, and a shell that is told to end does not tell its child: the program would
 * live on, unseen, holding its port and its data. So it ends, kindly, when the shell is gone.
 */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  watch.unref();
  // Told once is enough: a second signal means "at once".
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => clearInterval(watch));
}
