import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { labelQuotes, type LabelledBlock, type LabelOf } from '../../../lib/quote-labels.ts';
import { attrsOf } from './block.ts';

interface SourceState {
  labelOf: LabelOf;
  decorations: DecorationSet;
}

const noLabel: LabelOf = () => '';

const key = new PluginKey<SourceState>('citations');

export function showSources(view: EditorView, labelOf: LabelOf): void {
  if (key.getState(view.state)?.labelOf === labelOf) return;
  view.dispatch(view.state.tr.setMeta(key, labelOf).setMeta('addToHistory', false));
}

/**
 * Says above a quote whose words it is. Words that somebody changes here are that circle's no more: the name
 * goes with the first change, so that nobody is made to say what they did not.
 */
export const Citations = Extension.create({
  name: 'citations',

  addProseMirrorPlugins: () => [
    new Plugin<SourceState>({
      key,
      state: {
        init: () => ({ labelOf: noLabel, decorations: DecorationSet.empty }),
        apply(tr, before, _oldState, state) {
          const labelOf = (tr.getMeta(key) as LabelOf | undefined) ?? before.labelOf;
          if (labelOf === before.labelOf && !tr.docChanged) return before;
          return { labelOf, decorations: decorate(state.doc, labelOf) };
        },
      },
      props: { decorations: (state) => key.getState(state)?.decorations },
      appendTransaction: (transactions, before, state) =>
        transactions.some((tr) => tr.docChanged && tr.getMeta(ySyncPluginKey) === undefined)
          ? forgetChanged(before.doc, state)
          : null,
    }),
  ],
});

function decorate(doc: Node, labelOf: LabelOf): DecorationSet {
  const decorations: Decoration[] = [];
  const labels = labelQuotes(doc.children.map(forLabel), labelOf);
  doc.forEach((block, pos, index) => {
    const label = labels[index] ?? '';
    if (label !== '')
      decorations.push(
        Decoration.node(pos, pos + block.nodeSize, {
          'data-words-of': label,
          ...(isEmpty(block) ? { class: 'is-gap' } : {}),
        }),
      );
  });
  return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations);
}

const isEmpty = (block: Node): boolean => block.content.size === 0;

function forLabel(block: Node): LabelledBlock {
  const { cites, kind } = attrsOf(block);
  return { isQuote: kind === 'quote', source: cites, isEmpty: isEmpty(block) };
}

/** Takes the source off every quote that does not stand, word for word, in what was there before. */
export function forgetChanged(before: Node, state: EditorState): Transaction | null {
  const known: Node[] = [];
  before.forEach((block) => void (attrsOf(block).cites !== null && known.push(block)));
  const changed: number[] = [];
  state.doc.forEach((block, pos) => {
    const { cites } = attrsOf(block);
    if (cites === null) return;
    const at = known.findIndex((each) => attrsOf(each).cites === cites && each.content.eq(block.content));
    if (at < 0) changed.push(pos);
    else known.splice(at, 1);
  });
  if (changed.length === 0) return null;
  const { tr } = state;
  for (const pos of changed) tr.setNodeAttribute(pos, 'cites', null);
  return tr;
}
