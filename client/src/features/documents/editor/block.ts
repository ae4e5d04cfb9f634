import { BLOCK_KINDS, BLOCK_NODE } from '@longtable/shared/documents/model/keys';
import { MAX_INDENT } from '@longtable/shared/limits';
import { Node } from '@tiptap/core';
import type { Node as BlockNode } from '@tiptap/pm/model';

export type BlockKind = (typeof BLOCK_KINDS)[number];
export type HeadingLevel = 1 | 2 | 3;

/** A blank attribute is absent in the shared document, hence null and never 0. */
export interface BlockAttrs {
  kind: BlockKind;
  level: HeadingLevel | null;
  indent: number | null;
  /** The shared words that a quote is taken from, for as long as it says exactly that; see citations.ts. */
  cites: string | null;
}

export const PARAGRAPH: BlockAttrs = { kind: 'paragraph', level: null, indent: null, cites: null };

export const attrsOf = (node: BlockNode): BlockAttrs => node.attrs as BlockAttrs;

export const isItem = ({ kind }: BlockAttrs) => kind === 'bullet' || kind === 'number';

export const withIndent = (attrs: BlockAttrs, indent: number): BlockAttrs => ({
  ...attrs,
  indent: Math.min(MAX_INDENT, Math.max(0, indent)) || null,
});

/** Headings on the page around the editor go down to the third level. */
const HEADING_TAGS = { 1: 'h4', 2: 'h5', 3: 'h6' } as const;

/** `text*` with line breaks as plain "\n": Shift+Enter writes one, and the browser shows it. */
export const Block = Node.create({
  name: BLOCK_NODE,
  group: 'block',
  content: 'text*',
  whitespace: 'pre',
  defining: true,

  addAttributes: () => ({
    kind: { default: PARAGRAPH.kind, rendered: false },
    level: { default: null, rendered: false },
    indent: { default: null, rendered: false },
    cites: { default: null, rendered: false },
  }),

  // Only for what the browser itself creates while somebody types; clipboards are read by paste.ts.
  parseHTML: () => [
    { tag: '[data-block]', getAttrs: (element) => ({ ...readAttrs(element) }) },
    { tag: 'p', getAttrs: () => ({ ...PARAGRAPH }) },
    { tag: 'div', getAttrs: () => ({ ...PARAGRAPH }) },
  ],

  renderHTML: ({ node }) => {
    const attrs = attrsOf(node);
    const tag =
      attrs.kind === 'heading' ? HEADING_TAGS[attrs.level ?? 1] : attrs.kind === 'quote' ? 'blockquote' : 'p';
    const data: Record<string, string> = { 'data-block': attrs.kind, dir: 'auto' };
    if (attrs.level !== null) data['data-level'] = String(attrs.level);
    if (attrs.indent !== null) data['data-indent'] = String(attrs.indent);
    return [tag, data, 0];
  },
});

/** What this editor wrote about a block into its HTML, on screen or on a clipboard. */
export function readAttrs(element: HTMLElement): BlockAttrs {
  const kind = BLOCK_KINDS.find((known) => known === element.dataset['block']) ?? 'paragraph';
  const level = ([1, 2, 3] as const).find((known) => String(known) === element.dataset['level']) ?? 1;
  const indent = Number(element.dataset['indent'] ?? 0);
  const attrs: BlockAttrs = { ...PARAGRAPH, kind, level: kind === 'heading' ? level : null };
  return withIndent(attrs, Number.isInteger(indent) ? indent : 0);
}
