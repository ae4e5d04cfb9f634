import { describe, expect, it } from '@jest/globals';
import { MAX_BLOCKS, MAX_PASTE_CHARACTERS } from '@longtable/shared/limits';
import { Schema } from '@tiptap/pm/model';
import { AllSelection, EditorState, TextSelection } from '@tiptap/pm/state';
import { findTooMuch } from './paste-limits.ts';
import { insertBlocks, toNodes } from './paste.ts';
import { readPlainText } from './read-clipboard.ts';

const none = { default: null };
const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    block: {
      content: 'text*',
      attrs: { kind: { default: 'paragraph' }, level: none, indent: none, cites: none },
    },
    text: {},
  },
});

/** A section of so many lines of one letter, the caret at its end. */
function sectionOf(lines: number): EditorState {
  const block = schema.node('block', null, [schema.text('a')]);
  const doc = schema.node(
    'doc',
    null,
    Array.from({ length: lines }, () => block),
  );
  return EditorState.create({ doc, selection: TextSelection.atEnd(doc) });
}

/** As if the last lines were selected. */
function selectLast(state: EditorState, lines: number): EditorState {
  const end = state.doc.content.size - 1;
  const from = end - 1 - (lines - 1) * 3;
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, end)));
}

const linesOf = (count: number) => readPlainText(Array.from({ length: count }, () => 'x').join('\n'));

/** What is said of a paste, and how many lines the section would have after it. */
function paste(state: EditorState, count: number) {
  const blocks = linesOf(count);
  const after = insertBlocks(state.tr, toNodes(schema, blocks)).doc.childCount;
  return { said: findTooMuch(state, blocks, 0)?.what ?? null, after };
}

describe('a paste', () => {
  it('is taken up to the last line that a section holds, and refused above it', () => {
    expect(paste(sectionOf(MAX_BLOCKS - 99), 100)).toEqual({ said: null, after: MAX_BLOCKS });
    expect(paste(sectionOf(MAX_BLOCKS - 98), 100)).toEqual({ said: 'lines', after: MAX_BLOCKS + 1 });
    expect(paste(sectionOf(MAX_BLOCKS), 1)).toEqual({ said: null, after: MAX_BLOCKS });
  });

  it('may replace as many lines as it brings in a section that is full', () => {
    const full = sectionOf(MAX_BLOCKS);
    expect(paste(selectLast(full, 100), 100)).toEqual({ said: null, after: MAX_BLOCKS });
    expect(paste(selectLast(full, 100), 101)).toEqual({ said: 'lines', after: MAX_BLOCKS + 1 });
    const all = full.apply(full.tr.setSelection(new AllSelection(full.doc)));
    expect(paste(all, 1_000)).toEqual({ said: null, after: 1_000 });
  });

  it('is refused where it is sent in parts, and old and new lines together are too many', () => {
    expect(paste(selectLast(sectionOf(MAX_BLOCKS), 2_000), 2_000)).toEqual({
      said: 'lines',
      after: MAX_BLOCKS,
    });
    expect(paste(sectionOf(MAX_BLOCKS - 1_999), 2_000)).toEqual({ said: null, after: MAX_BLOCKS });
  });

  it('is refused where it is too long, also where little could be read of it', () => {
    const tooMuch = findTooMuch(sectionOf(1), linesOf(1), MAX_PASTE_CHARACTERS + 1);
    expect(tooMuch).toEqual({ what: 'characters', limit: MAX_PASTE_CHARACTERS });
    expect(findTooMuch(sectionOf(1), linesOf(1), MAX_PASTE_CHARACTERS)).toBeNull();
  });
});
