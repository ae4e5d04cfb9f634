/** One line of what the doctor says: as it should be, worth a look, or to be mended before people rely on it. */
export interface Finding {
  verdict: 'ok' | 'look' | 'wrong';
  about: string;
  /** Whole sentences; where it is not ok, the last one says what to do. */
  says: string;
}

export const ok = (about: string, says: string): Finding => ({ verdict: 'ok', about, says });
export const look = (about: string, says: string): Finding => ({ verdict: 'look', about, says });
export const wrong = (about: string, says: string): Finding => ({ verdict: 'wrong', about, says });

const WORDS: Record<Finding['verdict'], string> = { ok: 'ok', look: 'look at this', wrong: 'wrong' };
const WIDTH = Math.max(...Object.values(WORDS).map((word) => word.length));

export const lineOf = ({ verdict, about, says }: Finding): string =>
  `${WORDS[verdict].padEnd(WIDTH)}  ${about}: ${says}`;

/** The system's own short word for what went wrong, such as EACCES. */
export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | undefined)?.code ??
  (error as Error | undefined)?.message ??
  'no reason given';
