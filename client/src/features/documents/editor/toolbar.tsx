import { useEditorState, type Editor } from '@tiptap/react';
import type { Command } from '@tiptap/pm/state';
import { redo, undo, yUndoPluginKey } from '@tiptap/y-tiptap';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { isItem } from './block.ts';
import { indentBy, selectedBlocks, setKind, toggleKind } from './block-commands.ts';
import { linkAtCaret } from './link.ts';
import { LinkBox } from './link-box.tsx';
import { Icon, type ToolbarIcon } from './toolbar-icons.tsx';
import './toolbar.css';

const kinds = ['paragraph', 'heading1', 'heading2', 'heading3', 'quote', 'bullet', 'number'] as const;
type KindChoice = (typeof kinds)[number];

function chooseKind(choice: KindChoice): Command {
  switch (choice) {
    case 'heading1':
      return setKind('heading', 1);
    case 'heading2':
      return setKind('heading', 2);
    case 'heading3':
      return setKind('heading', 3);
    default:
      return setKind(choice);
  }
}

interface UndoState {
  hasUndoOps: boolean;
  hasRedoOps: boolean;
}

export interface ToolbarProps {
  editor: Editor;
  /** Which of the texts on screen it belongs to. */
  place: string;
  isDisabled: boolean;
}

/** One tab stop; arrow keys move inside it, as in the ARIA authoring practices. */
export function Toolbar({ editor, place, isDisabled }: ToolbarProps) {
  const t = useText();
  const bar = useRef<HTMLDivElement>(null);
  const [isLinking, setLinking] = useState(false);
  const now = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const blocks = selectedBlocks(state);
      const { kind, level } = blocks[0]?.attrs ?? { kind: 'paragraph' as const, level: null };
      const undoState = yUndoPluginKey.getState(state) as UndoState | undefined;
      const link = linkAtCaret(state);
      return {
        kind: (kind === 'heading' ? `heading${level ?? 1}` : kind) as KindChoice,
        isInList: blocks.some(({ attrs }) => isItem(attrs)),
        isBold: editor.isActive('bold'),
        isItalic: editor.isActive('italic'),
        canUndo: undoState?.hasUndoOps ?? false,
        canRedo: undoState?.hasRedoOps ?? false,
        href: link?.href ?? null,
        hasSelection: !state.selection.empty,
      };
    },
  });

  const run = (command: Command) => {
    if (editor.isEditable) command(editor.state, (tr) => editor.view.dispatch(tr));
    editor.view.focus();
  };

  const move = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLSelectElement && /^Arrow(Up|Down)$/.test(event.key)) return;
    const isRtl = document.documentElement.dir === 'rtl';
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const controls = [...(bar.current?.querySelectorAll<HTMLElement>('button:not(:disabled), select') ?? [])];
    const at = controls.indexOf(document.activeElement as HTMLElement);
    const next = controls[(at + (isRtl ? -step : step) + controls.length) % controls.length];
    event.preventDefault();
    next?.focus();
  };

  const tool = (
    icon: ToolbarIcon,
    label: string,
    act: () => void,
    more: { isOn?: boolean; isOff?: boolean } = {},
  ) => (
    <button
      type="button"
      className="tool"
      aria-label={label}
      title={label}
      {...(more.isOn === undefined ? {} : { 'aria-pressed': more.isOn })}
      disabled={isDisabled || more.isOff}
      tabIndex={-1}
      // The editor keeps the selection, and a phone its keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  );

  return (
    <>
      <div
        className="toolbar"
        role="toolbar"
        aria-label={t('editor.of', { what: t('editor.toolbar'), place })}
        ref={bar}
        onKeyDown={move}
      >
        <select
          className="tool-select"
          aria-label={t('editor.of', { what: t('editor.kind'), place })}
          value={now.kind}
          disabled={isDisabled}
          onChange={(event) => run(chooseKind(event.target.value as KindChoice))}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`editor.kind.${kind}`)}
            </option>
          ))}
        </select>
        {/* Before the rest, which on a phone begins beyond the edge. */}
        {tool('undo', t('editor.undo'), () => run((state) => undo(state)), { isOff: !now.canUndo })}
        {tool('redo', t('editor.redo'), () => run((state) => redo(state)), { isOff: !now.canRedo })}
        {tool('bold', t('editor.bold'), () => editor.chain().focus().toggleBold().run(), {
          isOn: now.isBold,
        })}
        {tool('italic', t('editor.italic'), () => editor.chain().focus().toggleItalic().run(), {
          isOn: now.isItalic,
        })}
        {tool('bullet', t('editor.kind.bullet'), () => run(toggleKind('bullet')), {
          isOn: now.kind === 'bullet',
        })}
        {tool('number', t('editor.kind.number'), () => run(toggleKind('number')), {
          isOn: now.kind === 'number',
        })}
        {tool('outdent', t('editor.outdent'), () => run(indentBy(-1)), { isOff: !now.isInList })}
        {tool('indent', t('editor.indent'), () => run(indentBy(1)), { isOff: !now.isInList })}
        {tool('link', t('editor.link'), () => setLinking(true), {
          isOn: now.href !== null,
          isOff: !now.hasSelection && now.href === null,
        })}
      </div>
      {(isLinking || now.href !== null) && (
        <LinkBox
          key={now.href ?? 'new'}
          editor={editor}
          href={now.href}
          isEditing={isLinking}
          isDisabled={isDisabled}
          onEdit={() => setLinking(true)}
          onDone={() => setLinking(false)}
        />
      )}
    </>
  );
}
