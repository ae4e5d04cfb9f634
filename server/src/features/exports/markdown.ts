import type { BlockContent, ListItem, Paragraph, PhrasingContent, Root, RootContent, TableCell } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import type { Run } from '@longtable/shared/documents/canonical';
import {
  type ExportBlock,
  type ExportChapter,
  type ExportDocument,
  type ExportField,
  type ExportLine,
  type ExportList,
  type ExportPassage,
  type ExportSection,
  isEmpty,
} from './export-document.ts';

/**
 * Markdown that any CommonMark reader gives back word for word.
 *
 * Shape: `# title`, what is agreed and what is open as a table, then for each section `## number. title`, one
 * paragraph of ours in italics (the prompt and where the section stands), the section's text, and, where there is
 * more, a rule (`---`, which no person can type into a section), then `### label` and a field, or what is open
 * beside the agreed words. Headings that people wrote are levels 3 to 5, one more where the words are not agreed.
 */
export function renderMarkdown(document: ExportDocument): Buffer {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'heading', depth: 1, children: [text(document.title)] },
      paragraph(inLines([strong([text(document.kindTitle)]), ...document.summary.flatMap(ours)])),
      ...renderOverview(document),
      ...document.sections.flatMap((section) => renderSection(section, document.labels.nothingWritten)),
      ...document.chapters.flatMap(renderChapter),
    ],
  };
  return Buffer.from(toMarkdown(root, options), 'utf8');
}

const options: Options = {
  bullet: '-',
  emphasis: '_',
  rule: '-',
  listItemIndent: 'one',
  incrementListMarker: true,
  resourceLink: true,
  extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
  unsafe: [
    // Readers trim the ends of a cell, and turn every kind of line end into one.
    { character: '\r', inConstruct: 'phrasing' },
    ...[' ', '\t'].flatMap((character) => [
      { character, before: '\\|', inConstruct: 'tableCell' as const },
      { character, after: '\\|', inConstruct: 'tableCell' as const },
    ]),
    // Not CommonMark, but common: ~~struck~~ on the sites where people read Markdown.
    { character: '~', inConstruct: 'phrasing' },
  ],
};

function renderOverview({ sections, labels }: ExportDocument): RootContent[] {
  if (sections.length === 0) return [];
  const rows = sections.map(({ number, title, state }) => [
    [text(`${number}. ${title}`)],
    inline(state, 'one line'),
  ]);
  return [table([labels.section, labels.state], rows)];
}

function renderSection(section: ExportSection, nothingWritten: string): RootContent[] {
  const [own, ...others] = section.passages;
  const isBlank = own !== undefined && isEmpty(own);
  return [
    { type: 'heading', depth: 2, children: [text(`${section.number}. ${section.title}`)] },
    // In the prompt's own paragraph, so that it can never be taken for something that people wrote.
    paragraph(
      inLines([
        emphasis([text(section.prompt)]),
        strong(ours(section.state)),
        ...(section.stateMore ? [emphasis(ours(section.stateMore))] : []),
        ...(isBlank ? [emphasis([text(nothingWritten)])] : []),
        ...(own?.lines ?? []).map((line) => emphasis(ours(line))),
      ]),
    ),
    ...(own ? renderBlocks(own.blocks, 3) : []),
    ...(others.length > 0 || (own && (own.fields.length > 0 || own.dissent.length > 0))
      ? [{ type: 'thematicBreak' } as const]
      : []),
    ...(own ? renderRest(own, 3) : []),
    ...others.flatMap(renderPassage),
  ];
}

function renderChapter({ title, lines, passages }: ExportChapter): RootContent[] {
  return [
    { type: 'heading', depth: 2, children: [text(title)] },
    ...lines.map((line) => paragraph(ours(line))),
    ...passages.flatMap(renderPassage),
  ];
}

function renderPassage(passage: ExportPassage): RootContent[] {
  return [
    { type: 'heading', depth: 3, children: [text(passage.title ?? '')] },
    ...(passage.lines.length > 0
      ? [paragraph(inLines(passage.lines.map((line) => emphasis(ours(line)))))]
      : []),
    ...renderBlocks(passage.blocks, 4),
    ...renderRest(passage, 4),
  ];
}

/** What follows a passage's own text. */
function renderRest({ fields, dissent, closing }: ExportPassage, depth: 3 | 4): RootContent[] {
  return [
    ...fields.flatMap((field) => renderField(field, depth)),
    ...dissent.flatMap(({ label, reason }): RootContent[] => [
      paragraph([strong(ours(label))]),
      ...(reason ? [{ type: 'blockquote' as const, children: [paragraph(inline(reason))] }] : []),
    ]),
    ...closing.map((line) => paragraph(ours(line))),
  ];
}

/** A line that we wrote, though a circle's name may be in it. */
const ours = (line: ExportLine): PhrasingContent[] => inline(line, 'one line');

const inLines = (lines: readonly PhrasingContent[]): PhrasingContent[] =>
  lines.flatMap((line, index) => (index === 0 ? [line] : [{ type: 'break' } as const, line]));

function renderBlocks(blocks: ExportBlock[], top: 3 | 4): RootContent[] {
  const rendered: RootContent[] = [];
  for (const block of blocks) {
    switch (block.kind) {
      case 'heading':
        rendered.push({
          type: 'heading',
          depth: (block.level - 1 + top) as 3 | 4 | 5 | 6,
          children: inline(block.line, 'one line'),
        });
        break;
      case 'paragraph':
        rendered.push(paragraph(inline(block.line)));
        break;
      case 'quote': {
        const last = rendered.at(-1);
        if (last?.type === 'blockquote') last.children.push(paragraph(inline(block.line)));
        else rendered.push({ type: 'blockquote', children: [paragraph(inline(block.line))] });
        break;
      }
      case 'list':
        rendered.push(renderList(block));
    }
  }
  return rendered;
}

function renderList(list: ExportList): BlockContent & { type: 'list' } {
  const children = list.items.map((item): ListItem => {
    const line = item.line.runs.length > 0 ? [paragraph(inline(item.line))] : [];
    return { type: 'listItem', spread: false, children: [...line, ...item.lists.map(renderList)] };
  });
  return { type: 'list', ordered: list.isOrdered, spread: false, children };
}

function renderField(field: ExportField, depth: 3 | 4): RootContent[] {
  const heading: RootContent[] =
    field.label === null ? [] : [{ type: 'heading', depth, children: [text(field.label)] }];
  if (field.kind === 'text') return [...heading, paragraph(inline(field.line))];
  const hasLineBreak = field.rows.some((row) => row.some((cell) => /[\r\n]/.test(plain(cell))));
  const rows = () => field.rows.map((row) => row.map((cell) => inline(cell, 'one line')));
  return [...heading, hasLineBreak ? renderRowsAsList(field) : table(field.columns, rows())];
}

function table(columns: readonly string[], rows: readonly PhrasingContent[][][]): RootContent {
  const row = (cells: readonly PhrasingContent[][]) => ({
    type: 'tableRow' as const,
    children: cells.map((children): TableCell => ({ type: 'tableCell', children })),
  });
  return { type: 'table', children: [row(columns.map((column) => [text(column)])), ...rows.map(row)] };
}

/** A Markdown table cannot hold a line break, so rows that have one become numbered items with a paragraph a cell. */
function renderRowsAsList(field: ExportField & { kind: 'rows' }): RootContent {
  const children = field.rows.map((cells): ListItem => {
    const filled = field.columns.flatMap((column, index) => {
      const cell = cells[index];
      return cell && cell.runs.length > 0
        ? [paragraph([strong([text(`${column}:`)]), text(' '), ...inline(cell)])]
        : [];
    });
    return { type: 'listItem', spread: true, children: filled };
  });
  return { type: 'list', ordered: true, spread: true, children };
}

/**
 * Beside a mark a character may have to be written as a reference, and CommonMark reads references to these as
 * U+FFFD. Nobody types them on purpose; where one was pasted, the words come before their looks.
 */
const NEVER_REFERENCED = /[\x01-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]|\p{Noncharacter_Code_Point}/u;

/**
 * One block's runs. Line breaks become hard breaks, outside every mark; where only one line fits (headings,
 * cells) and at the very end, where Markdown would drop them, they stay in the text and are written as references.
 */
function inline(line: ExportLine, fit: 'many lines' | 'one line' = 'many lines'): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  const canMark = !NEVER_REFERENCED.test(plain(line));
  const end = fit === 'one line' ? 0 : plain(line).replace(/\n+$/, '').length;
  let offset = 0;
  for (const run of line.runs) {
    for (const piece of run.text.match(/\n|[^\n]+/g) ?? []) {
      if (piece !== '\n') nodes.push(...(canMark ? marked({ ...run, text: piece }) : [text(piece)]));
      else nodes.push(offset < end ? { type: 'break' } : text('\n'));
      offset += piece.length;
    }
  }
  return joinTexts(nodes);
}

/** Spaces at the ends go outside the marks: emphasis next to a space would not be read as emphasis. */
function marked(run: Run): PhrasingContent[] {
  const [, before = '', core = '', after = ''] = /^(\s*)([^]*?)(\s*)$/u.exec(run.text) ?? [];
  if (core === '') return [text(run.text)];
  let node: PhrasingContent = text(core);
  if (run.italic) node = emphasis([node]);
  if (run.bold) node = strong([node]);
  if (run.href !== undefined) node = { type: 'link', url: run.href, children: [node] };
  return [...(before ? [text(before)] : []), node, ...(after ? [text(after)] : [])];
}

/** Neighbouring texts are escaped as one, or `*` at the end of one and `*` at the start of the next would pair. */
function joinTexts(nodes: PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.value += node.value;
    else joined.push(node);
  }
  return joined;
}

const plain = (line: ExportLine) => line.runs.map((run) => run.text).join('');
const text = (value: string) => ({ type: 'text' as const, value });
const strong = (children: PhrasingContent[]) => ({ type: 'strong' as const, children });
const emphasis = (children: PhrasingContent[]) => ({ type: 'emphasis' as const, children });
const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });
