import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What Node writes with `--cpu-prof`, as far as it is read here. Times are microseconds. */
interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** Where time goes when there is nothing to do: no work of anybody's. */
const RESTING = ['(idle)', '(root)'];

/** Where the processor's own time went, most first: a line for each function, with its share of all work. */
export function topOf(profile: CpuProfile, count: number): string[] {
  const names = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const file = url.split('node_modules/').at(-1)?.split('/').slice(-4).join('/') ?? '';
      const place = file ? ` ${file}:${lineNumber + 1}` : '';
      return [id, `${functionName || '(anonymous)'}${place}`];
    }),
  );
  const spent = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const name = names.get(id) ?? '?';
    spent.set(name, (spent.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  for (const name of RESTING) spent.delete(name);
  const all = [...spent.values()].reduce((sum, us) => sum + us, 0);
  return [...spent]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(
      ([name, us]) =>
        `${((100 * us) / all).toFixed(1).padStart(5)} %  ${(us / 1e3).toFixed(0).padStart(6)} ms  ${name}`,
    );
}

/** The newest profile in a folder, in lines. */
export async function describeNewest(folder: string, count = 30): Promise<string[]> {
  // CPU.<day>.<time>.<pid>.<thread>.<number>: of the main thread, not of tsx's loader.
  const files = (await readdir(folder)).filter((file) => /\.0\.\d+\.cpuprofile$/.test(file)).sort();
  const newest = files.at(-1);
  if (!newest) return [`there is no profile in ${folder}`];
  const profile = JSON.parse(await readFile(path.join(folder, newest), 'utf8')) as CpuProfile;
  return [newest, ...topOf(profile, count)];
}
