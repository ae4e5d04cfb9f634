import { expect } from '@playwright/test';
import type { Writing } from './writing.ts';

/** Each person writes with letters that nobody else uses, so that a text tells whose words it has, and in which order. */
export const SCRIPTS = {
  latin: 'abcdefghijklmnopqrstuvwxyz',
  greek: 'αβγδεζηθικλμνξοπρστυφχψω',
  arabic: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
} as const;

export type Script = keyof typeof SCRIPTS;

/** One person's part of a text that several wrote in. */
export const partOf = (text: string, script: Script): string =>
  [...text].filter((letter) => SCRIPTS[script].includes(letter)).join('');

/** Words that differ from place to place, so that a lost or doubled letter shows. */
export function wordsIn(script: Script, length: number): string {
  const letters = [...SCRIPTS[script]];
  return Array.from({ length }, (_, at) => letters[(at * at + at * 3) % letters.length]).join('');
}

export interface Typing {
  readonly typed: string;
  /** Resolves when this many more letters have been typed. */
  more(count: number): Promise<void>;
  /** Everything that was typed. */
  stop(): Promise<string>;
}

/** Types letter after letter, without ever looking up, until stopped. */
export function keepTyping(writing: Writing, script: Script): Typing {
  const letters = [...SCRIPTS[script]];
  let typed = '';
  let isStopped = false;
  const done = (async () => {
    await writing.ready();
    await writing.editor.focus();
    while (!isStopped) {
      const at = typed.length;
      const letter = letters[(at * at + at * 3) % letters.length]!;
      await writing.person.page.keyboard.type(letter, { delay: 20 });
      typed += letter;
    }
  })();
  // Awaited by stop(); until then its failure must not be one that nobody handles.
  done.catch(() => undefined);
  return {
    get typed() {
      return typed;
    },
    async more(count) {
      const goal = typed.length + count;
      await Promise.race([
        expect.poll(() => typed.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(goal),
        done,
      ]);
    },
    async stop() {
      isStopped = true;
      await done;
      return typed;
    },
  };
}
