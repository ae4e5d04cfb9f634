import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import type { Node } from '@tiptap/pm/model';
import type { Plugin } from '@tiptap/pm/state';
import { type EditorState } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type ProsemirrorBinding, ySyncPlugin, ySyncPluginKey, yUndoPlugin } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

interface SyncState {
  binding: ProsemirrorBinding;
  addToHistory: boolean;
  isChangeOrigin: boolean;
}

const syncState = (state: EditorState): SyncState => ySyncPluginKey.getState(state) as SyncState;

/** What ProseMirror shows where the section holds nothing: one blank paragraph that is in no document. */
const isBlank = (doc: Node) =>
  doc.childCount === 1 && doc.firstChild?.content.size === 0 && doc.firstChild.hasMarkup(doc.firstChild.type);

/**
 * Reads where the caret is before something from elsewhere redraws the text. Between a key that moves the
 * caret and the browser's report of it lies a moment in which a redraw would put the caret back, and the
 * next letter into another place.
 */
export function settleCaret(view: EditorView): void {
  const { domObserver: observer } = view as EditorView & {
    domObserver?: { forceFlush(): void; flush(): void };
  };
  if (view.composing || view.isDestroyed) return;
  observer?.forceFlush();
  observer?.flush();
}

/**
 * Ties an editor to a room's running text, with an undo that takes back one's own edits only.
 *
 * Differs from y-tiptap's own plugin in what it writes: nothing on opening, nothing on a mere move of
 * the caret, nothing while the room may not be written, and no first block before the first letter, or
 * everyone who opened an empty section would leave an empty paragraph in it. And each block is born
 * with its text: if two people who write into a new block at once had to create one each, their two
 * texts would later be merged by copying, which can double them.
 */
export function createSyncPlugins(doc: Y.Doc): Plugin[] {
  const fragment = textFragment(doc);
  const sync = ySyncPlugin(fragment) as Plugin;
  const open = sync.spec.view;
  sync.spec.view = (view: EditorView) => {
    let isOwn = false;
    const settle = () => void (isOwn || settleCaret(view));
    // Registered before y-tiptap's own listener, which notes the selection to restore it afterwards.
    doc.on('beforeAllTransactions', settle);
    const opened = open?.(view);
    const update = (updated: EditorView, previous: EditorState) => {
      if (updated.state.doc === previous.doc || !updated.editable) return;
      if (fragment.length === 0 && isBlank(updated.state.doc)) return;
      const { binding, addToHistory, isChangeOrigin } = syncState(updated.state);
      if (isChangeOrigin) return;
      isOwn = true;
      // The mutex tells what comes from Yjs (and is shown already) from what a person did.
      binding.mux(() =>
        doc.transact((transaction) => {
          transaction.meta.set('addToHistory', addToHistory);
          binding._prosemirrorChanged(updated.state.doc);
          fillOwnBlocks(fragment);
        }, ySyncPluginKey),
      );
      isOwn = false;
    };
    const destroy = () => {
      doc.off('beforeAllTransactions', settle);
      opened?.destroy?.();
    };
    return { update, destroy };
  };
  return [sync, yUndoPlugin({ protectedNodes: new Set([BLOCK_NODE]) }) as Plugin];
}

function fillOwnBlocks(fragment: Y.XmlFragment): void {
  for (const block of fragment.toArray()) {
    const isOwn = block._item?.id.client === fragment.doc?.clientID;
    if (isOwn && block instanceof Y.XmlElement && block.length === 0) block.insert(0, [new Y.XmlText()]);
  }
}
