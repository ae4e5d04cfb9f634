import { MAX_CURSORS_PER_SECOND } from '@longtable/shared/limits';
import type { CursorRange } from '@longtable/shared/protocol/socket/cursor';
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { decodeCursor, encodeCursor, type RelativeRange } from '../../../rooms/cursor.ts';
import { settleCaret } from '../../../rooms/editor-sync.ts';
import type { RoomHandle } from '../../../rooms/types.ts';

interface CursorState {
  cursors: ReadonlyMap<string, CursorRange>;
  decorations: DecorationSet;
}

interface Binding {
  doc: RoomHandle['doc'];
  type: Parameters<typeof relativePositionToAbsolutePosition>[1];
  binding: { mapping: Parameters<typeof relativePositionToAbsolutePosition>[3] } | null;
}

const key = new PluginKey<CursorState>('others');
const SEND_EVERY_MS = 1_000 / MAX_CURSORS_PER_SECOND;

const bindingOf = (state: EditorState) => ySyncPluginKey.getState(state) as Binding | undefined;

/** Shows where others write, all alike: one colour, no name, "someone". */
export function showCursors(view: EditorView, cursors: ReadonlyMap<string, CursorRange>): void {
  if (key.getState(view.state)?.cursors === cursors) return;
  settleCaret(view);
  view.dispatch(view.state.tr.setMeta(key, cursors).setMeta('addToHistory', false));
}

export const Cursors = Extension.create<{ send: (cursor: CursorRange) => void; label: string }>({
  name: 'others',
  addOptions: () => ({ send: () => undefined, label: '' }),

  addProseMirrorPlugins() {
    const { send, label } = this.options;
    return [
      new Plugin<CursorState>({
        key,
        state: {
          init: () => ({ cursors: new Map(), decorations: DecorationSet.empty }),
          apply(tr, before, _oldState, state) {
            const fresh = tr.getMeta(key) as CursorState['cursors'] | undefined;
            const cursors = fresh ?? before.cursors;
            const isRemote = (tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined)
              ?.isChangeOrigin;
            if (fresh !== undefined || isRemote === true)
              return { cursors, decorations: decorate(state, cursors, label) };
            return tr.docChanged
              ? { cursors, decorations: before.decorations.map(tr.mapping, tr.doc) }
              : before;
          },
        },
        props: { decorations: (state) => key.getState(state)?.decorations },
        view: (view) => sendOwnCursor(view, send),
      }),
    ];
  },
});

function decorate(state: EditorState, cursors: CursorState['cursors'], label: string): DecorationSet {
  const bound = bindingOf(state);
  if (!bound?.binding) return DecorationSet.empty;
  const { doc, type, binding } = bound;
  const decorations: Decoration[] = [];
  const place = (position: RelativeRange['anchor']) => {
    const at = relativePositionToAbsolutePosition(doc, type, position, binding.mapping);
    return at === null ? null : Math.min(Math.max(at, 0), state.doc.content.size);
  };
  for (const [id, range] of cursors) {
    const decoded = range && decodeCursor(range);
    if (!decoded) continue;
    const anchor = place(decoded.anchor);
    const head = place(decoded.head);
    if (anchor === null || head === null) continue;
    decorations.push(
      Decoration.widget(head, () => drawCaret(label), { key: id, side: 10, ignoreSelection: true }),
    );
    if (anchor !== head)
      decorations.push(
        Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), { class: 'others-selection' }),
      );
  }
  return DecorationSet.create(state.doc, decorations);
}

function drawCaret(label: string): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'others-caret';
  caret.setAttribute('aria-hidden', 'true');
  caret.dataset['label'] = label;
  return caret;
}

/** At most so often, the last one always; nothing while the editor is not the one being written in. */
function sendOwnCursor(view: EditorView, send: (cursor: CursorRange) => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let sent = 'null';

  const report = () => {
    timer = null;
    if (view.isDestroyed) return;
    const cursor = view.hasFocus() && view.editable ? readCursor(view.state) : null;
    const text = JSON.stringify(cursor);
    if (text === sent) return;
    sent = text;
    send(cursor);
  };
  const soon = () => {
    timer ??= setTimeout(report, SEND_EVERY_MS);
  };
  view.dom.addEventListener('focus', soon);
  view.dom.addEventListener('blur', soon);
  return {
    update: soon,
    destroy: () => {
      if (timer !== null) clearTimeout(timer);
      view.dom.removeEventListener('focus', soon);
      view.dom.removeEventListener('blur', soon);
      if (sent !== 'null') send(null);
    },
  };
}

function readCursor(state: EditorState): CursorRange {
  const bound = bindingOf(state);
  // In an empty section there is no place to point at.
  if (!bound?.binding || bound.type.length === 0) return null;
  const { type, binding } = bound;
  const { anchor, head } = state.selection;
  try {
    return encodeCursor({
      anchor: absolutePositionToRelativePosition(anchor, type, binding.mapping),
      head: absolutePositionToRelativePosition(head, type, binding.mapping),
    });
  } catch {
    // The editor is a keystroke ahead of the shared document; the next move is sent.
    return null;
  }
}
