import type { BlockKind, CanonicalBlock } from '@longtable/shared/documents/canonical';
import { MAX_INDENT } from '@longtable/shared/limits';
import type { ExportBlock, ExportLine, ExportList } from './export-document.ts';
import type { ExportWords } from './export-words.ts';

/** What the circle is called whose shared words a quote is taken from; null where they are nobody's any more. */
export type SourceName = (wordsId: string) => string | null;

export function buildBlocks(
  blocks: readonly CanonicalBlock[],
  words: ExportWords,
  sourceOf: SourceName,
): ExportBlock[] {
  const built: ExportBlock[] = [];
  let headingLevel = 0;
  let openLists: ExportList[] = [];
  let lastSource: string | null = null;
  for (const block of blocks) {
    const content = words.line(block.runs);
    const before = lastSource;
    lastSource = block.cites ?? null;
    if (isItem(block.kind)) {
      openLists = addItem(built, openLists, block, content);
      continue;
    }
    openLists = [];
    // Blank lines between paragraphs are spacing; every format brings its own.
    if (content.runs.length === 0) continue;
    if (block.kind === 'heading') {
      headingLevel = Math.min(block.level ?? 1, headingLevel + 1);
      built.push({ kind: 'heading', level: headingLevel, line: content });
    } else {
      const indent = clampIndent(block.indent, MAX_INDENT);
      if (block.kind === 'quote') {
        const isContinued = built.at(-1)?.kind === 'quote' && before === lastSource;
        built.push({
          kind: 'quote',
          indent,
          line: content,
          source: sourceLine(block, words, sourceOf),
          isContinued,
        });
      } else built.push({ kind: 'paragraph', indent, line: content });
    }
  }
  return built;
}

function sourceLine({ cites }: CanonicalBlock, words: ExportWords, sourceOf: SourceName): ExportLine | null {
  if (cites === undefined) return null;
  const circle = sourceOf(cites);
  return circle === null ? words.say('words.ofCircle') : words.say('words.of', { circle });
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
