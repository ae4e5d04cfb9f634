import type * as Y from 'yjs';

/** One client of the room, as a replay needs it. */
export interface Writer {
  readonly doc: Y.Doc;
  /** Resolves when more may be typed: words that have not left yet are kept few. */
  ready(): Promise<void>;
  /** Resolves when the condition holds; it is asked again whenever something changed here. */
  until(condition: () => boolean, what: string): Promise<void>;
}
