import type { BlockKind, CanonicalBlock } from '@longtable/shared/documents/canonical';
import { MAX_INDENT } from '@longtable/shared/limits';
import type { ExportBlock, ExportLine, ExportList } from './export-document.ts';
import type { ExportWords } from './export-words.ts';

/** The name of the circle whose shared words these are; null for those that are nobody's, or taken back. */
export type QuotedCircle = (cites: string) => string | null;

export function buildBlocks(
  blocks: readonly CanonicalBlock[],
  words: ExportWords,
  quotedCircle: QuotedCircle,
): ExportBlock[] {
  const built: ExportBlock[] = [];
  let source = '';
  let headingLevel = 0;
  let openLists: ExportList[] = [];
  for (const block of blocks) {
    const content = words.line(block.runs);
    if (isItem(block.kind)) {
      openLists = addItem(built, openLists, block, content);
      source = '';
      continue;
    }
    openLists = [];
    const above = source;
    source = sourceOf(block, words, quotedCircle);
    // One that is nobody's says so, where it would else read as more of the one above it.
    if (source === '' && above !== '' && block.kind === 'quote') source = words.text('exports.wordsOfNone');
    if (source !== '' && source !== above)
      built.push({ kind: 'quote', indent: 0, line: words.line([{ text: source, italic: true }]) });
    // Blank lines between paragraphs are spacing; every format brings its own.
    if (content.runs.length === 0) continue;
    if (block.kind === 'heading') {
      headingLevel = Math.min(block.level ?? 1, headingLevel + 1);
      built.push({ kind: 'heading', level: headingLevel, line: content });
    } else {
      built.push({
        kind: block.kind === 'quote' ? 'quote' : 'paragraph',
        indent: clampIndent(block.indent, MAX_INDENT),
        line: content,
      });
    }
  }
  return built;
}

/** Said before a quote, once for all that follow of one circle; or in place of words that were taken back. */
function sourceOf(
  { kind, cites, runs }: CanonicalBlock,
  words: ExportWords,
  quotedCircle: QuotedCircle,
): string {
  if (kind !== 'quote' || cites === undefined) return '';
  if (runs.length === 0) return words.text('exports.gap');
  const circle = quotedCircle(cites);
  return circle === null ? '' : words.text('exports.wordsOf', { circle });
}

/** Puts an item where its indent says, at most one deeper than the item before; gives the lists then open, outermost first. */
function addItem(
  built: ExportBlock[],
  open: ExportList[],
  block: CanonicalBlock,
  line: ExportLine,
): ExportList[] {
  const isOrdered = block.kind === 'number';
  const depth = clampIndent(block.indent, Math.min(open.length, MAX_INDENT));
  const path = open.slice(0, depth + 1);
  const sameDepth = path[depth];
  const item = { line, lists: [] };
  if (sameDepth && sameDepth.isOrdered === isOrdered) {
    sameDepth.items.push(item);
    return path;
  }
  const list: ExportList = { kind: 'list', isOrdered, items: [item] };
  const parent = depth > 0 ? path[depth - 1]?.items.at(-1) : undefined;
  if (parent) parent.lists.push(list);
  else built.push(list);
  return [...path.slice(0, depth), list];
}

const isItem = (kind: BlockKind) => kind === 'bullet' || kind === 'number';

const clampIndent = (indent: number | undefined, most: number) => Math.min(Math.max(indent ?? 0, 0), most);
