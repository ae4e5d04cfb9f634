import { TraceError } from './trace-error.ts';
import type { Patch } from './patch.ts';

/** One transaction as its author saw it. */
export interface AuthoredTxn {
  /** Its place in the file; others name it by this. */
  index: number;
  /** Others' transactions that its author had read by now and had not before, oldest first. */
  merges: number[];
  patches: Patch[];
}

interface RawTxn {
  parents: number[];
  agent: number;
  patches: Patch[];
}

/**
 * Splits a concurrent session into what each agent did, in order. Positions of a transaction count in the
 * text after merging its parents, so each carries exactly what has to be merged before it.
 * @throws TraceError where parents are impossible, or an agent did two things at once
 */
export function scriptsOf(txns: readonly RawTxn[], numAgents: number): AuthoredTxn[][] {
  const scripts: AuthoredTxn[][] = Array.from({ length: numAgents }, () => []);
  /** For each transaction: how many of each agent's transactions its author had read, itself included. */
  const known: Int32Array[] = [];
  txns.forEach(({ parents, agent, patches }, index) => {
    const script = scripts[agent];
    if (!script)
      throw new TraceError(`Transaction ${index} is by agent ${agent}, and there are ${numAgents}.`);
    const seen = new Int32Array(numAgents);
    for (const parent of parents) {
      const theirs = parent < index ? known[parent] : undefined;
      if (!theirs) throw new TraceError(`Transaction ${index} has a parent that does not come before it.`);
      theirs.forEach((count, other) => (seen[other] = Math.max(seen[other] ?? 0, count)));
    }
    if (seen[agent] !== script.length) {
      throw new TraceError(`Transaction ${index} leaves out what agent ${agent} had written before it.`);
    }
    const before = known[script.at(-1)?.index ?? -1];
    const merges = scripts.flatMap((other, id) =>
      id === agent ? [] : other.slice(before?.[id] ?? 0, seen[id]).map((txn) => txn.index),
    );
    script.push({ index, merges: merges.sort((a, b) => a - b), patches });
    seen[agent] = script.length;
    known.push(seen);
  });
  return scripts;
}
