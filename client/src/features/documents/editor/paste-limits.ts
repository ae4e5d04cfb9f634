import { MAX_BLOCKS, MAX_PASTE_CHARACTERS, MAX_PUSH_BYTES, MAX_PUSH_STRUCTS } from '@longtable/shared/limits';
import type { EditorState } from '@tiptap/pm/state';
import type { PastedBlock } from './read-clipboard.ts';

/** What there is too much of, and how much there may be. */
export interface TooMuch {
  what: 'characters' | 'lines';
  limit: number;
}

/** Bytes of one struct beside its letters, and of one letter: fewer in truth. */
const STRUCT_BYTES = 30;
const LETTER_BYTES = 3;

/** @param length of the text as it came, which may be longer than what was read of it */
export function findTooMuch(
  state: EditorState,
  blocks: readonly PastedBlock[],
  length: number,
): TooMuch | null {
  if (Math.max(lengthOf(blocks), length) > MAX_PASTE_CHARACTERS)
    return { what: 'characters', limit: MAX_PASTE_CHARACTERS };
  return mostLines(state, blocks) > MAX_BLOCKS ? { what: 'lines', limit: MAX_BLOCKS } : null;
}

export const lengthOf = (blocks: readonly PastedBlock[]): number =>
  blocks.reduce((sum, { runs }) => sum + 1 + lettersIn(runs), 0);

/**
 * Lines that the section holds when it holds most of them. What does not fit one push deletes last (ROOMS.md R33): until
 * then what is pasted stands beside what it replaces, and could end half way there.
 */
function mostLines(state: EditorState, blocks: readonly PastedBlock[]): number {
  const before = fitsOnePush(blocks) ? state.tr.deleteSelection().doc : state.doc;
  // The first line goes on in the one that is there.
  return before.childCount + blocks.length - 1;
}

/** A block is an element, one struct for each attribute, a text, and for each run its letters and both ends of its marks. */
function fitsOnePush(blocks: readonly PastedBlock[]): boolean {
  const structs = blocks.reduce((sum, { attrs, runs }) => {
    const given = Object.values(attrs).filter((value) => value !== null).length;
    const marks = runs.map(
      ({ isBold, isItalic, href }) => [isBold, isItalic, href !== null].filter(Boolean).length,
    );
    return sum + 2 + given + marks.reduce((all, ofRun) => all + 1 + 2 * ofRun, 0);
  }, 0);
  return (
    structs <= MAX_PUSH_STRUCTS && STRUCT_BYTES * structs + LETTER_BYTES * lengthOf(blocks) <= MAX_PUSH_BYTES
  );
}

const lettersIn = (runs: PastedBlock['runs']) => runs.reduce((sum, { text }) => sum + text.length, 0);
