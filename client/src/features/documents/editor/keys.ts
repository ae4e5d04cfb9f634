import { BLOCK_NODE } from '@longtable/shared/documents/model/keys';
import { Extension, InputRule } from '@tiptap/core';
import { Plugin, type Command } from '@tiptap/pm/state';
import { settleCaret } from '../../../rooms/editor-sync.ts';
import { attrsOf, PARAGRAPH, type BlockAttrs } from './block.ts';
import {
  applyShortcut,
  backspace,
  enter,
  indentBy,
  setKind,
  softBreak,
  toggleKind,
} from './block-commands.ts';

const shortcuts: { find: RegExp; attrs: BlockAttrs }[] = [
  { find: /^\s*[-*•]\s$/, attrs: { ...PARAGRAPH, kind: 'bullet' } },
  { find: /^\s*[1١][.)]\s$/, attrs: { ...PARAGRAPH, kind: 'number' } },
  { find: /^#\s$/, attrs: { ...PARAGRAPH, kind: 'heading', level: 1 } },
  { find: /^##\s$/, attrs: { ...PARAGRAPH, kind: 'heading', level: 2 } },
  { find: /^###\s$/, attrs: { ...PARAGRAPH, kind: 'heading', level: 3 } },
  { find: /^>\s$/, attrs: { ...PARAGRAPH, kind: 'quote' } },
];

export const Keys = Extension.create<{ onEscape: () => void }>({
  name: 'keys',
  priority: 1000,

  addOptions: () => ({ onEscape: () => undefined }),

  addKeyboardShortcuts() {
    const run = (command: Command) => () => {
      const { view } = this.editor;
      return view.editable && command(view.state, (tr) => view.dispatch(tr));
    };
    return {
      Enter: run(enter),
      'Shift-Enter': run(softBreak),
      'Mod-Enter': run(softBreak),
      Backspace: run(backspace),
      Tab: run(indentBy(1)),
      'Shift-Tab': run(indentBy(-1)),
      'Mod-Alt-0': run(setKind('paragraph')),
      'Mod-Alt-1': run(setKind('heading', 1)),
      'Mod-Alt-2': run(setKind('heading', 2)),
      'Mod-Alt-3': run(setKind('heading', 3)),
      'Mod-Shift-7': run(toggleKind('number')),
      'Mod-Shift-8': run(toggleKind('bullet')),
      'Mod-Shift-9': run(toggleKind('quote')),
      // In a list Tab indents; Escape is the way out for who uses no pointer.
      Escape: () => {
        this.options.onEscape();
        return true;
      },
    };
  },

  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          // Browsers report a moved caret only with the next frame; a key that follows at once must not act on the old place.
          keydown: (view) => {
            settleCaret(view);
            return false;
          },
        },
      },
    }),
  ],

  addInputRules() {
    return shortcuts.map(
      ({ find, attrs }) =>
        new InputRule({
          find,
          handler: ({ state, range }) => {
            const $from = state.doc.resolve(range.from);
            const block = $from.node(1);
            if (block?.type.name !== BLOCK_NODE || attrsOf(block).kind !== 'paragraph') return null;
            applyShortcut(state.tr, range.from, range.to, attrs);
            return undefined;
          },
        }),
    );
  },
});
