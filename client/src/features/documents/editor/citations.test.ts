import { describe, expect, it } from '@jest/globals';
import { Schema, type Node } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import { PARAGRAPH, type BlockAttrs } from './block.ts';
import { forgetChanged } from './citations.ts';

const attrs = Object.fromEntries(Object.entries(PARAGRAPH).map(([key, value]) => [key, { default: value }]));
const schema = new Schema({
  nodes: { doc: { content: 'block+' }, block: { content: 'text*', attrs }, text: {} },
  marks: { bold: {} },
});

type Line = [text: string, cites: string | null];

function start(...lines: Line[]): EditorState {
  const blocks = lines.map(([text, cites]) =>
    schema.node(
      'block',
      { ...PARAGRAPH, kind: cites ? 'quote' : 'paragraph', cites },
      text === '' ? [] : schema.text(text),
    ),
  );
  return EditorState.create({ doc: schema.node('doc', null, blocks) });
}

const lines = (doc: Node): Line[] => {
  const found: Line[] = [];
  doc.forEach((block) => void found.push([block.textContent, (block.attrs as BlockAttrs).cites]));
  return found;
};

/** As the editor does: what somebody changed, then what follows from it. */
function after(state: EditorState, change: (tr: Transaction) => Transaction): Line[] {
  const changed = state.apply(change(state.tr));
  const follow = forgetChanged(state.doc, changed);
  return lines(follow ? changed.apply(follow).doc : changed.doc);
}

describe('a quote says whose words it is for as long as it is those words', () => {
  const state = start(['ours', null], ['debts', 'A'], ['no papers', 'B']);
  const inDebts = 'ours'.length + 2 + 1;

  it('and keeps saying so while others are changed around it', () => {
    expect(after(state, (tr) => tr.insertText('!', 1))).toEqual([
      ['!ours', null],
      ['debts', 'A'],
      ['no papers', 'B'],
    ]);
  });

  it('no more when a letter of it changes, or how it looks', () => {
    expect(after(state, (tr) => tr.insertText('No ', inDebts))[1]).toEqual(['No debts', null]);
    expect(after(state, (tr) => tr.delete(inDebts, inDebts + 1))[1]).toEqual(['ebts', null]);
    const bold = (tr: Transaction) => tr.addMark(inDebts, inDebts + 2, schema.mark('bold'));
    expect(after(state, bold)[1]).toEqual(['debts', null]);
  });

  it('nor for the halves of a quote that was split, or for two that were joined', () => {
    expect(after(state, (tr) => tr.split(inDebts + 2)).slice(1, 3)).toEqual([
      ['de', null],
      ['bts', null],
    ]);
    expect(after(state, (tr) => tr.join(inDebts + 'debts'.length + 1))).toEqual([
      ['ours', null],
      ['debtsno papers', null],
    ]);
  });

  it('an empty line after it is nobody’s, while a gap stays one', () => {
    const gap = start(['debts', 'A'], ['', 'A']);
    expect(after(gap, (tr) => tr.split(1 + 'debts'.length))).toEqual([
      ['debts', 'A'],
      ['', 'A'],
      ['', null],
    ]);
  });
});
