import { Extension } from '@tiptap/core';
import { redo, undo } from '@tiptap/y-tiptap';
import { createSyncPlugins } from '../../../rooms/editor-sync.ts';
import type { RoomHandle } from '../../../rooms/types.ts';

/** Binds the editor to a room's document. A room that gets a new document gets a new editor. */
export const RoomSync = Extension.create<{ doc: RoomHandle['doc'] | null }>({
  name: 'roomSync',
  priority: 1000,
  addOptions: () => ({ doc: null }),

  addProseMirrorPlugins() {
    return this.options.doc === null ? [] : createSyncPlugins(this.options.doc);
  },

  addKeyboardShortcuts() {
    const back = () => this.editor.isEditable && (undo(this.editor.state), true);
    const again = () => this.editor.isEditable && (redo(this.editor.state), true);
    return { 'Mod-z': back, 'Mod-y': again, 'Mod-Shift-z': again };
  },
});
