import { readFileSync } from 'node:fs';

/** A start under way may be between two processes. */
const KILL_AGAIN_MS = 100;

/**
 * Ends what was started or is being started, at once and with nothing left behind: no process and no database. Nobody
 * has time for a kind end here, and a start that hangs would outlive its starter: without its process it fails, and
 * takes away itself what it had laid out.
 */
export async function endAtOnce(starting: Promise<{ dispose(): Promise<void> }>): Promise<void> {
  killChildren();
  const again = setInterval(killChildren, KILL_AGAIN_MS);
  try {
    await starting.then(
      (server) => server.dispose(),
      () => {},
    );
  } finally {
    clearInterval(again);
  }
}

/** Those that this process's main thread has started: servers, and nothing that belongs to Node or its loaders. */
function killChildren(): void {
  for (const pid of childrenOf(process.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Linux only. */
export function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').filter(Boolean).map(Number);
}
