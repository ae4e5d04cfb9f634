import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Makes a folder and those above it, for this user alone. Node's own recursive mkdir never comes back from
 * a place that takes no folders although it is there, such as /proc.
 *
 * @throws the system's error
 */
export function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // There already, or made by somebody else in between.
    if (!isFolder(folder)) throw error;
  }
}
