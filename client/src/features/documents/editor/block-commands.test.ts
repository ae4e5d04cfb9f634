import { describe, expect, it } from '@jest/globals';
import { Schema } from '@tiptap/pm/model';
import { EditorState, TextSelection, type Command } from '@tiptap/pm/state';
import { PARAGRAPH, type BlockAttrs } from './block.ts';
import { backspace, enter, indentBy, setKind, softBreak, toggleKind } from './block-commands.ts';

const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    block: {
      content: 'text*',
      attrs: { kind: { default: 'paragraph' }, level: { default: null }, indent: { default: null } },
    },
    text: {},
  },
});

type Line = [attrs: Partial<BlockAttrs>, text: string];

/** `|` in a text is the caret, or each end of the selection. */
function start(...lines: Line[]): EditorState {
  const ends: number[] = [];
  let pos = 0;
  const blocks = lines.map(([attrs, marked]) => {
    let text = '';
    for (const letter of marked) {
      if (letter === '|') ends.push(pos + 1 + text.length);
      else text += letter;
    }
    const block = schema.node('block', { ...PARAGRAPH, ...attrs }, text === '' ? [] : [schema.text(text)]);
    pos += block.nodeSize;
    return block;
  });
  const doc = schema.node('doc', null, blocks);
  return EditorState.create({
    doc,
    selection: TextSelection.create(doc, ends[0] ?? 1, ends[1] ?? ends[0] ?? 1),
  });
}

function run(state: EditorState, ...commands: Command[]): EditorState {
  let now = state;
  for (const command of commands) command(now, (tr) => (now = now.apply(tr)));
  return now;
}

const show = (state: EditorState) => {
  const lines: string[] = [];
  state.doc.forEach((block) => {
    const { kind, level, indent } = block.attrs as BlockAttrs;
    lines.push(`${kind}${level ?? ''}${indent === null ? '' : `>${indent}`}: ${block.textContent}`);
  });
  return lines;
};

const bullet = { kind: 'bullet' } as const;
const heading = { kind: 'heading', level: 1 } as const;

describe('changing what a block is', () => {
  it('keeps its text node, so that what a colleague is typing in it stays', () => {
    const before = start([{}, 'a| sentence']);
    const after = run(before, setKind('bullet'));
    expect(show(after)).toEqual(['bullet: a sentence']);
    expect(after.doc.firstChild?.content).toBe(before.doc.firstChild?.content);
  });

  it('takes every block that the selection touches, and a second press takes it back', () => {
    const listed = run(start([{}, 'o|ne'], [{}, 'two'], [{}, 'th|ree'], [{}, 'four']), toggleKind('number'));
    expect(show(listed)).toEqual(['number: one', 'number: two', 'number: three', 'paragraph: four']);
    expect(show(run(listed, toggleKind('number')))[0]).toBe('paragraph: one');
  });

  it('keeps the depth between kinds of item, drops it for anything else', () => {
    const deep = start([{ ...bullet, indent: 2 }, '|x']);
    expect(show(run(deep, setKind('number')))).toEqual(['number>2: x']);
    expect(show(run(deep, setKind('quote')))).toEqual(['quote: x']);
    expect(show(run(deep, setKind('heading', 2)))).toEqual(['heading2: x']);
  });

  it('indents items only, between none and five', () => {
    const item = start([bullet, '|x']);
    expect(show(run(item, ...Array.from({ length: 9 }, () => indentBy(1))))).toEqual(['bullet>5: x']);
    expect(show(run(item, indentBy(1), indentBy(-1), indentBy(-1)))).toEqual(['bullet: x']);
    expect(indentBy(1)(start([{}, '|x']))).toBe(false);
  });
});

describe('Enter', () => {
  it('splits a paragraph and an item into two of the same', () => {
    expect(show(run(start([{}, 'one|two']), enter))).toEqual(['paragraph: one', 'paragraph: two']);
    expect(show(run(start([{ ...bullet, indent: 1 }, 'one|']), enter))).toEqual([
      'bullet>1: one',
      'bullet>1: ',
    ]);
  });

  it('goes on with a paragraph after a heading, and puts one before it from its start', () => {
    expect(show(run(start([heading, 'Title|']), enter))).toEqual(['heading1: Title', 'paragraph: ']);
    expect(show(run(start([heading, 'Ti|tle']), enter))).toEqual(['heading1: Ti', 'paragraph: tle']);
    expect(show(run(start([heading, '|Title']), enter))).toEqual(['paragraph: ', 'heading1: Title']);
  });

  it('steps out of an empty item, level by level, and out of an empty quote', () => {
    const deep = start([{ ...bullet, indent: 1 }, '|']);
    expect(show(run(deep, enter))).toEqual(['bullet: ']);
    expect(show(run(deep, enter, enter))).toEqual(['paragraph: ']);
    expect(show(run(start([{ kind: 'quote' }, '|']), enter))).toEqual(['paragraph: ']);
  });

  it('replaces what is selected', () => {
    expect(show(run(start([{}, 'one| two| three']), enter))).toEqual(['paragraph: one', 'paragraph:  three']);
  });

  it('with Shift breaks the line inside the block', () => {
    expect(show(run(start([bullet, 'one|two']), softBreak))).toEqual(['bullet: one\ntwo']);
  });
});

describe('Backspace at the start of a block', () => {
  it('comes up a level, then becomes a paragraph', () => {
    const deep = start([{ ...bullet, indent: 1 }, '|x']);
    expect(show(run(deep, backspace))).toEqual(['bullet: x']);
    expect(show(run(deep, backspace, backspace))).toEqual(['paragraph: x']);
    expect(show(run(start([heading, '|Title']), backspace))).toEqual(['paragraph: Title']);
  });

  it('leaves the rest to the editor', () => {
    expect(backspace(start([{}, '|x']))).toBe(false);
    expect(backspace(start([bullet, 'x|']))).toBe(false);
    expect(backspace(start([bullet, '|x|']))).toBe(false);
  });
});
