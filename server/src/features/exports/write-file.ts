import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where the file cannot go; the message is a whole sentence for whoever asked for it. */
export class TargetError extends Error {
  constructor(sentence: string, options: { cause?: unknown } = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'TargetError';
  }
}

/** Finds out before any work whether the file could be written. Leaves nothing there. @throws TargetError */
export async function checkTarget(file: string): Promise<void> {
  const target = path.resolve(file);
  if (await isFolder(target)) throw new TargetError(`${target} is a folder. Give the name of a file.`);
  await writeBeside(target, new Uint8Array(), (draft) => rm(draft));
}

/** Nobody ever sees half a file: it appears whole, in one step, or not at all. @throws TargetError */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const target = path.resolve(file);
  await writeBeside(target, bytes, (draft) => rename(draft, target));
}

async function writeBeside(
  target: string,
  bytes: Uint8Array,
  place: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.part`);
  try {
    // 0600: what a group wrote together is not for everyone with an account on this machine.
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(draft);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    throw cannotWrite(target, cause);
  }
}

const isFolder = async (target: string): Promise<boolean> => {
  try {
    return (await stat(target)).isDirectory();
  } catch {
    return false;
  }
};

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'part of its path is not a folder',
  EISDIR: 'there is a folder of that name',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

function cannotWrite(target: string, cause: unknown): TargetError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  return new TargetError(`${target} cannot be written: ${REASONS[code] ?? code}.`, { cause });
}
