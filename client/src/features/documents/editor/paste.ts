import { Extension } from '@tiptap/core';
import { Fragment, Slice, type Mark, type Node, type Schema } from '@tiptap/pm/model';
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { attrsOf } from './block.ts';
import { clipboardSerializer } from './copy.ts';
import { findTooMuch, lengthOf, type TooMuch } from './paste-limits.ts';
import { readHtml, readPlainText, type PastedBlock } from './read-clipboard.ts';

export function toNodes(schema: Schema, blocks: readonly PastedBlock[]): Node[] {
  const type = schema.nodes['block'];
  if (type === undefined) return [];
  return blocks.map(({ attrs, runs }) =>
    type.create(
      { ...attrs },
      runs
        .filter(({ text }) => text !== '')
        .map(({ text, isBold, isItalic, href }) => {
          const marks: Mark[] = [];
          if (isBold && schema.marks['bold']) marks.push(schema.marks['bold'].create());
          if (isItalic && schema.marks['italic']) marks.push(schema.marks['italic'].create());
          if (href !== null && schema.marks['link']) marks.push(schema.marks['link'].create({ href }));
          return schema.text(text, marks);
        }),
    ),
  );
}

/** Puts blocks where the selection is. Into an empty block they bring their own kind, elsewhere the first joins what is there. */
export function insertBlocks(tr: Transaction, nodes: readonly Node[]): Transaction {
  const [first] = nodes;
  if (first === undefined) return tr;
  tr.deleteSelection();
  const $at = tr.selection.$from;
  const pos = $at.before(1);
  const isFresh = $at.node(1).content.size === 0;
  tr.replaceSelection(new Slice(Fragment.from(nodes), 1, 1));
  if (isFresh) tr.setNodeMarkup(pos, undefined, { ...attrsOf(first) });
  return tr.scrollIntoView();
}

/**
 * Takes pasted and dropped content before ProseMirror parses it. Whatever is too long is refused as a
 * whole: nothing of it is put in, and it is still on the clipboard.
 */
export const Paste = Extension.create<{ onTooMuch: (of: TooMuch) => void }>({
  name: 'plainPaste',
  priority: 1000,
  addOptions: () => ({ onTooMuch: () => undefined }),

  addProseMirrorPlugins() {
    const { onTooMuch } = this.options;
    let isShift = false;

    const take = (view: EditorView, data: DataTransfer | null, isPlain: boolean) => {
      if (data === null || !view.editable) return;
      const text = data.getData('text/plain');
      const html = isPlain ? '' : data.getData('text/html');
      const blocks = html === '' ? readPlainText(text) : readHtml(html);
      const tooMuch = findTooMuch(view.state, blocks, text.length);
      if (tooMuch) onTooMuch(tooMuch);
      else if (lengthOf(blocks) > 0)
        view.dispatch(insertBlocks(view.state.tr, toNodes(view.state.schema, blocks)));
    };

    return [
      new Plugin({
        props: {
          clipboardSerializer: clipboardSerializer(this.editor.schema),
          clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n'),
          handleDOMEvents: {
            keydown: (_view, event) => {
              isShift = event.shiftKey;
              return false;
            },
            paste: (view, event) => {
              event.preventDefault();
              take(view, event.clipboardData, isShift);
              return true;
            },
            drop: (view, event) => {
              if (view.dragging !== null) return false;
              event.preventDefault();
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
              if (at) {
                const selection = TextSelection.near(view.state.doc.resolve(at.pos));
                view.dispatch(view.state.tr.setSelection(selection));
              }
              take(view, event.dataTransfer, false);
              return true;
            },
          },
        },
      }),
    ];
  },
});
