import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { Italic } from '@tiptap/extension-italic';
import { Text } from '@tiptap/extension-text';
import { Placeholder } from '@tiptap/extensions';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useId, useRef } from 'react';
import type { LabelOf } from '../../../lib/quote-labels.ts';
import { useText } from '../../../lib/use-text.ts';
import { settleCaret } from '../../../rooms/editor-sync.ts';
import type { RoomHandle, RoomView } from '../../../rooms/types.ts';
import { useToast } from '../../../ui/toasts.tsx';
import { Block } from './block.ts';
import { Citations, showSources } from './citations.ts';
import { Cursors, showCursors } from './cursors.ts';
import { Keys } from './keys.ts';
import { Link } from './link.ts';
import { Paste } from './paste.ts';
import { RoomSync } from './room-sync.ts';
import { Toolbar } from './toolbar.tsx';
import './editor.css';
import './lists.css';
import './cursors.css';

export interface RichEditorProps {
  handle: RoomHandle;
  view: RoomView;
  label: string;
  /** The id of the line that says who can see what is written here. */
  describedBy: string;
  placeholder: string;
  /** Which of the texts on screen this is: there may be two side by side. */
  place: string;
  /** What stands above a quote of shared words. */
  labelOf: LabelOf;
}

export function RichEditor({
  handle,
  view,
  label,
  describedBy,
  placeholder,
  place,
  labelOf,
}: RichEditorProps) {
  const t = useText();
  const toast = useToast();
  const helpId = useId();
  /** Behind the text, so that Tab goes on from here and not into the list again. */
  const wayOut = useRef<HTMLParagraphElement>(null);
  /** The editor is made once, while the room may still be opening: what it says when empty changes later. */
  const shownPlaceholder = useRef(placeholder);
  const { doc } = handle;
  const canEdit = view.isReady && view.canWrite && view.closed === null;

  const editor = useEditor(
    {
      injectCSS: false,
      editable: canEdit,
      enableCoreExtensions: { delete: false },
      extensions: [
        Document.extend({ content: 'block+' }),
        Block,
        Text,
        Bold,
        Italic,
        Link,
        RoomSync.configure({ doc }),
        Cursors.configure({ send: (cursor) => handle.setCursor(cursor), label: t('editor.someone') }),
        Citations,
        Keys.configure({ onEscape: () => wayOut.current?.focus({ preventScroll: true }) }),
        Paste.configure({
          onTooMuch: ({ what, limit }) =>
            toast(t(what === 'lines' ? 'editor.pasteTooManyLines' : 'editor.pasteTooLong', { limit })),
        }),
        Placeholder.configure({ placeholder: () => shownPlaceholder.current, showOnlyWhenEditable: false }),
      ],
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          'aria-describedby': `${describedBy} ${helpId}`,
          spellcheck: 'false',
          autocorrect: 'off',
          autocapitalize: 'sentences',
          autocomplete: 'off',
          translate: 'no',
          'data-gramm': 'false',
        },
      },
    },
    [doc, t],
  );

  useEffect(() => {
    if (editor && editor.isEditable !== canEdit) editor.setEditable(canEdit, false);
  }, [editor, canEdit]);

  useEffect(() => {
    shownPlaceholder.current = placeholder;
    if (!editor || editor.isDestroyed) return;
    settleCaret(editor.view);
    editor.view.updateState(editor.state);
  }, [editor, placeholder]);

  useEffect(() => {
    if (editor && !editor.isDestroyed) showCursors(editor.view, view.cursors);
  }, [editor, view.cursors]);

  useEffect(() => {
    if (editor && !editor.isDestroyed) showSources(editor.view, labelOf);
  }, [editor, labelOf]);

  return (
    <div className="rich-editor" data-ready={view.isReady || undefined}>
      {editor && <Toolbar editor={editor} place={place} isDisabled={!canEdit} />}
      <EditorContent editor={editor} />
      <p className="sr-only" id={helpId} ref={wayOut} tabIndex={-1}>
        {t('editor.help')}
      </p>
    </div>
  );
}
