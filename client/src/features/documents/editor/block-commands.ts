import { TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state';
import {
  attrsOf,
  isItem,
  PARAGRAPH,
  withIndent,
  type BlockAttrs,
  type BlockKind,
  type HeadingLevel,
} from './block.ts';

/**
 * All of these change attributes of blocks that are there; none replaces a block. A colleague who is
 * offline in the middle of a sentence keeps it when the block around it becomes a list item.
 */

/** Every block that the selection touches, with its position. */
export function selectedBlocks(state: EditorState): { pos: number; attrs: BlockAttrs }[] {
  const { from, to } = state.selection;
  const found: { pos: number; attrs: BlockAttrs }[] = [];
  state.doc.forEach((node, pos) => {
    if (pos + node.nodeSize > from && pos < Math.max(to, from + 1)) found.push({ pos, attrs: attrsOf(node) });
  });
  return found;
}

function setAttrs(tr: Transaction, pos: number, attrs: BlockAttrs): void {
  tr.setNodeMarkup(pos, undefined, { ...attrs });
}

export function toKind(attrs: BlockAttrs, kind: BlockKind, level: HeadingLevel = 1): BlockAttrs {
  const next: BlockAttrs = { ...PARAGRAPH, kind, level: kind === 'heading' ? level : null };
  return isItem(next) ? withIndent(next, attrs.indent ?? 0) : next;
}

export const setKind =
  (kind: BlockKind, level: HeadingLevel = 1): Command =>
  (state, dispatch) => {
    const blocks = selectedBlocks(state);
    if (blocks.length === 0) return false;
    const { tr } = state;
    for (const { pos, attrs } of blocks) setAttrs(tr, pos, toKind(attrs, kind, level));
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** A second press takes it back. */
export const toggleKind =
  (kind: BlockKind): Command =>
  (state, dispatch) => {
    const isAlready = selectedBlocks(state).every(({ attrs }) => attrs.kind === kind);
    return setKind(isAlready ? 'paragraph' : kind)(state, dispatch);
  };

/**
 * Only list items have a depth. False where nothing would move, so that Tab goes on to the next control,
 * and Shift with Tab back to the one before.
 */
export const indentBy =
  (step: 1 | -1): Command =>
  (state, dispatch) => {
    const moved = selectedBlocks(state).flatMap(({ pos, attrs }) => {
      const next = withIndent(attrs, (attrs.indent ?? 0) + step);
      return isItem(attrs) && next.indent !== attrs.indent ? [{ pos, next }] : [];
    });
    if (moved.length === 0) return false;
    const { tr } = state;
    for (const { pos, next } of moved) setAttrs(tr, pos, next);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/**
 * One step out: a deeper item comes up, then becomes a paragraph, as does anything else. False for a
 * plain paragraph.
 */
export const stepOut: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const block = $from.node(1);
  if (!empty || block === undefined) return false;
  const attrs = attrsOf(block);
  if (attrs.kind === 'paragraph' && attrs.indent === null) return false;
  const next = attrs.indent !== null ? withIndent(attrs, attrs.indent - 1) : PARAGRAPH;
  const { tr } = state;
  setAttrs(tr, $from.before(1), next);
  dispatch?.(tr.scrollIntoView());
  return true;
};

export const backspace: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  return empty && $from.depth > 0 && $from.parentOffset === 0 && stepOut(state, dispatch);
};

/** Splits the block. After a heading comes a paragraph; an empty item ends its list. */
export const enter: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const block = $from.node(1);
  if (block === undefined) return false;
  if (empty && block.content.size === 0 && attrsOf(block).kind !== 'paragraph')
    return stepOut(state, dispatch);
  const { tr } = state;
  tr.deleteSelection();
  const $at = tr.selection.$from;
  const split = $at.node(1);
  if (split === undefined) return false;
  const attrs = attrsOf(split);
  const isHeading = attrs.kind === 'heading';
  const isAtStart = $at.parentOffset === 0 && split.content.size > 0;
  tr.split($at.pos, 1, [
    { type: split.type, attrs: isHeading && !isAtStart ? { ...PARAGRAPH } : { ...attrs } },
  ]);
  if (isHeading && isAtStart) setAttrs(tr, $at.before(1), PARAGRAPH);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** A line break inside the block. */
export const softBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.insertText('\n').scrollIntoView());
  return true;
};

/** Turns what was typed at the start of a paragraph (“- ”, “1. ”, “# ”, “> ”) into what it means. */
export function applyShortcut(tr: Transaction, from: number, to: number, attrs: BlockAttrs): void {
  tr.delete(from, to);
  const $from = tr.doc.resolve(from);
  setAttrs(tr, $from.before(1), toKind(attrsOf($from.node(1)), attrs.kind, attrs.level ?? 1));
  tr.setSelection(TextSelection.create(tr.doc, from));
}
