import type { Cluster } from './cluster.ts';
import type { Random } from './random.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

/** How much of it: a few of each for CI, as many as show what is rare. */
export type Length = 'quick' | 'usual' | 'long';

export interface Setting {
  length: Length;
  random: Random;
  /** PostgreSQL of the harness's own. @throws NotHere */
  cluster(): Promise<Cluster>;
  /** A database of its own in the cluster of PostgreSQL. @throws NotHere */
  database(): Promise<string>;
  /** The same where there is one, else the embedded database: for what is not about the database. */
  anyDatabase(): Promise<{ databaseUrl?: string }>;
  /**
   * 1, 2 … up to the most. The quick form begins a further one only while there is time for all that is still to come.
   */
  rounds(most: number): Iterable<number>;
  /** Says how far it is. */
  progress(line: string): void;
}

/** One way for things to go wrong. Resolves with what happened in a line. @throws FaultFound, NotHere */
export type Scenario = (setting: Setting) => Promise<string>;

/** Opens a stage, lets it be spoilt while everyone types, and compares in the end. */
export async function withStage(
  { random }: Setting,
  options: Omit<StageOptions, 'random'>,
  spoil: (stage: Stage) => Promise<string>,
): Promise<string> {
  const stage = await openStage({ random, ...options });
  try {
    stage.play();
    const happened = await spoil(stage);
    await stage.compare();
    const { words, acknowledgements } = stage.ledger;
    return `${happened}; ${words.toLocaleString('en')} words, ${acknowledgements.toLocaleString('en')} acknowledgements`;
  } finally {
    await stage.close();
  }
}
