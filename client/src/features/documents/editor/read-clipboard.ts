import { MAX_INDENT } from '@longtable/shared/limits';
import { PARAGRAPH, readAttrs, withIndent, type BlockAttrs } from './block.ts';
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
 * Styles are renamed before parsing: our content policy forbids them even in a document that is never
 * shown, and reports each. What weight and slant they say is read by `readRun`.
 */
const withoutStyles = (html: string) =>
  html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, '')
    .replace(/<[^>]*>/g, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, '$1data-style'));

/**
 * Reads a clipboard's HTML into blocks and runs, and nothing else: pictures, colours, fonts, trackers
 * and scripts stay behind. The document it is parsed into is inert and loads nothing.
 */
export function readHtml(html: string): PastedBlock[] {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), 'text/html');
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
  if (element instanceof HTMLElement && element.dataset['block'] !== undefined) return readAttrs(element);
  const heading = /^H([1-6])$/.exec(element.tagName);
  if (heading) return { ...PARAGRAPH, kind: 'heading', level: Math.min(3, Number(heading[1])) as 1 | 2 | 3 };
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
  const style = element.getAttribute('data-style') ?? '';
  const weight = /font-weight\s*:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase() ?? '';
  const slant = /font-style\s*:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
  // Google Docs wraps all it copies in <b style="font-weight:normal">.
  const isBold =
    weight !== '' ? weight === 'bold' || Number(weight) >= 600 : /^(B|STRONG)$/.test(element.tagName);
  const isItalic = slant === undefined ? /^(I|EM)$/.test(element.tagName) : slant === 'italic';
  const isReset = weight !== '' && !isBold;
  return {
    isBold: isReset ? false : run.isBold || isBold,
    isItalic: run.isItalic || isItalic,
    href: readLink(element) ?? run.href,
  };
}

const readLink = (element: Element) =>
  readHref(
    (element.tagName === 'A' ? element.getAttribute('href') : element.getAttribute('data-href')) ?? '',
  );

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
