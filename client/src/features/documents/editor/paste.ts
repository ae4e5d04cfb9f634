import { MAX_INDENT, MAX_PASTE_CHARACTERS } from '@longtable/shared/limits';
import { Extension } from '@tiptap/core';
import { Fragment, Slice, type Mark, type Node, type Schema } from '@tiptap/pm/model';
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { attrsOf, PARAGRAPH, withIndent, type BlockAttrs } from './block.ts';
import { readHref } from './link.ts';

export interface PastedRun {
  text: string;
  isBold: boolean;
  isItalic: boolean;
  href: string | null;
}

export interface PastedBlock {
  attrs: BlockAttrs;
  runs: PastedRun[];
}

export const readPlainText = (text: string): PastedBlock[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => ({
      attrs: PARAGRAPH,
      runs: line === '' ? [] : [{ text: line, isBold: false, isItalic: false, href: null }],
    }));

const IGNORED = new Set([
  'SCRIPT',
  'STYLE',
  'TEMPLATE',
  'HEAD',
  'TITLE',
  'META',
  'LINK',
  'NOSCRIPT',
  'IFRAME',
  'OBJECT',
  'SVG',
]);
const BLOCK_TAGS = new Set([
  'P',
  'DIV',
  'LI',
  'BLOCKQUOTE',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'UL',
  'OL',
  'TABLE',
  'TR',
  'PRE',
  'SECTION',
  'ARTICLE',
  'HEADER',
  'FOOTER',
  'MAIN',
  'FIGURE',
  'DL',
  'DT',
  'DD',
  'HR',
]);

/**
 * Reads a clipboard's HTML into blocks and runs, and nothing else: pictures, colours, fonts, trackers
 * and scripts stay behind. The document it is parsed into is inert and loads nothing.
 */
export function readHtml(html: string): PastedBlock[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const blocks: PastedBlock[] = [];
  let current: PastedBlock | null = null;

  const start = (attrs: BlockAttrs) => {
    current = { attrs, runs: [] };
    blocks.push(current);
  };
  const write = (text: string, attrs: BlockAttrs, run: Omit<PastedRun, 'text'>) => {
    if (current === null) {
      if (text.trim() === '') return;
      start(attrs);
    }
    current?.runs.push({ ...run, text });
  };

  const walk = (
    element: Element,
    attrs: BlockAttrs,
    run: Omit<PastedRun, 'text'>,
    depth: number,
    isPre: boolean,
  ) => {
    for (const child of element.childNodes) {
      if (child instanceof Text) {
        write(isPre ? child.data : child.data.replace(/[\t\n\r ]+/g, ' '), attrs, run);
        continue;
      }
      if (!(child instanceof Element) || IGNORED.has(child.tagName.toUpperCase())) continue;
      const tag = child.tagName;
      if (tag === 'BR') {
        write('\n', attrs, run);
        continue;
      }
      if (tag === 'TD' || tag === 'TH') {
        walk(child, attrs, run, depth, isPre);
        write(' ', attrs, run);
        continue;
      }
      if (!BLOCK_TAGS.has(tag)) {
        walk(child, attrs, readRun(child, run), depth, isPre);
        continue;
      }
      const inner = readBlockAttrs(child, attrs, depth);
      const isList = tag === 'UL' || tag === 'OL';
      current = null;
      walk(child, inner, run, isList ? depth + 1 : depth, isPre || tag === 'PRE');
      current = null;
    }
  };
  walk(body, PARAGRAPH, { isBold: false, isItalic: false, href: null }, 0, false);
  return blocks.map(tidy).filter(({ runs }) => runs.length > 0);
}

function readBlockAttrs(element: Element, outer: BlockAttrs, depth: number): BlockAttrs {
  const heading = /^H([1-6])$/.exec(element.tagName);
  if (heading) return { kind: 'heading', level: Math.min(3, Number(heading[1])) as 1 | 2 | 3, indent: null };
  switch (element.tagName) {
    case 'UL':
      return withIndent({ ...PARAGRAPH, kind: 'bullet' }, Math.min(MAX_INDENT, depth));
    case 'OL':
      return withIndent({ ...PARAGRAPH, kind: 'number' }, Math.min(MAX_INDENT, depth));
    case 'BLOCKQUOTE':
      return { ...PARAGRAPH, kind: 'quote' };
    default:
      return outer;
  }
}

function readRun(element: Element, run: Omit<PastedRun, 'text'>): Omit<PastedRun, 'text'> {
  const style = element instanceof HTMLElement ? element.style : null;
  const weight = style?.fontWeight ?? '';
  // Google Docs wraps all it copies in <b style="font-weight:normal">.
  const isBold =
    weight !== '' ? weight === 'bold' || Number(weight) >= 600 : /^(B|STRONG)$/.test(element.tagName);
  const isItalic = style?.fontStyle ? style.fontStyle === 'italic' : /^(I|EM)$/.test(element.tagName);
  const isReset = weight !== '' && !isBold;
  return {
    isBold: isReset ? false : run.isBold || isBold,
    isItalic: run.isItalic || isItalic,
    href: element.tagName === 'A' ? readHref(element.getAttribute('href') ?? '') : run.href,
  };
}

/** Space at a block's ends, and around its line breaks, is the source code's, not the text's. */
function tidy({ attrs, runs }: PastedBlock): PastedBlock {
  const kept = runs.map((run) => ({ ...run, text: run.text.replace(/ ?\n ?/g, '\n') }));
  while (kept[0] && kept[0].text.trimStart() === '') kept.shift();
  while (kept.at(-1)?.text.trimEnd() === '') kept.pop();
  const first = kept[0];
  if (first) first.text = first.text.trimStart();
  const last = kept.at(-1);
  if (last) last.text = last.text.trimEnd();
  return { attrs, runs: kept };
}

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

export const Paste = Extension.create<{ onTooLong: (limit: number) => void }>({
  name: 'plainPaste',
  priority: 1000,
  addOptions: () => ({ onTooLong: () => undefined }),

  addProseMirrorPlugins() {
    const { onTooLong } = this.options;
    const take = (view: EditorView, data: DataTransfer | null, isPlain: boolean): boolean => {
      if (data === null || !view.editable) return true;
      const text = data.getData('text/plain');
      const html = isPlain ? '' : data.getData('text/html');
      const blocks = html === '' ? readPlainText(text) : readHtml(html);
      const length = blocks.reduce(
        (sum, { runs }) => sum + 1 + runs.reduce((all, run) => all + run.text.length, 0),
        0,
      );
      if (length > MAX_PASTE_CHARACTERS || text.length > MAX_PASTE_CHARACTERS) {
        onTooLong(MAX_PASTE_CHARACTERS);
        return true;
      }
      if (length > 0)
        view.dispatch(insertBlocks(view.state.tr, toNodes(view.state.schema, blocks)).setMeta('paste', true));
      return true;
    };
    let isShift = false;
    return [
      new Plugin({
        props: {
          handleKeyDown: (_view, event) => {
            isShift = event.shiftKey;
            return false;
          },
          handlePaste: (view, event) => {
            event.preventDefault();
            return take(view, event.clipboardData, isShift);
          },
          handleDrop: (view, event, _slice, isMoved) => {
            if (isMoved) return false;
            event.preventDefault();
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at) {
              const selection = TextSelection.near(view.state.doc.resolve(at.pos));
              view.dispatch(view.state.tr.setSelection(selection));
            }
            return take(view, event.dataTransfer, false);
          },
        },
      }),
    ];
  },
});
