import {
  AlignmentType,
  Bookmark,
  Document,
  ExternalHyperlink,
  type FileChild,
  Footer,
  HeadingLevel,
  InternalHyperlink,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Tab,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Run } from '@longtable/shared/documents/canonical';
import { directionOf } from './direction.ts';
import { docxStyles, INDENT_TWIPS, type ListNumbering, listNumbering } from './docx-styles.ts';
import {
  type ExportBlock,
  type ExportDocument,
  type ExportField,
  type ExportLine,
  type ExportList,
  type ExportSection,
  isEmpty,
} from './export-document.ts';
import { sanitiseDocx } from './sanitise-docx.ts';

/** A Word file with real headings, lists and tables, so that a funder's office can work on in it. */
export async function renderDocx(document: ExportDocument): Promise<Buffer> {
  const writer = new DocxWriter(document);
  const children = writer.write();
  const file = new Document({
    title: document.kindTitle,
    styles: docxStyles(document),
    numbering: { config: writer.numbering },
    sections: [
      {
        properties: { page: { size: A4_TWIPS }, titlePage: true },
        footers: { default: pageNumbers(), first: new Footer({ children: [new Paragraph('')] }) },
        children,
      },
    ],
  });
  return sanitiseDocx(await Packer.toBuffer(file), { title: document.kindTitle, language: document.locale });
}

const A4_TWIPS = { width: 11_906, height: 16_838 };
const TEXT_WIDTH_TWIPS = A4_TWIPS.width - 2 * 1_440;
const HEADINGS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const;

const pageNumbers = () =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });

class DocxWriter {
  readonly #document: ExportDocument;
  /** Each list gets numbering of its own, or its numbers would go on from the list before. */
  readonly numbering: ListNumbering[] = [];

  constructor(document: ExportDocument) {
    this.#document = document;
  }

  write(): FileChild[] {
    const { title, kindTitle, labels, sections, direction } = this.#document;
    const titleDirection = directionOf(title, direction);
    return [
      this.#paragraph(
        { direction: titleDirection, runs: [{ text: title }] },
        // "right" is the far side of a line, whichever way it runs: the title keeps to the side of the page.
        { style: 'Title', ...(titleDirection === direction ? {} : { alignment: AlignmentType.RIGHT }) },
      ),
      this.#ours(kindTitle, { style: 'Subtitle' }),
      this.#ours(labels.draft, { style: 'Quiet' }),
      this.#ours(labels.contents, { style: 'ContentsTitle', pageBreakBefore: true }),
      new TableOfContents(labels.contents, {
        hyperlink: true,
        headingStyleRange: '1-1',
        beginDirty: false, // else Word asks a question as it opens the file
        contentChildren: sections.map((section) => this.#contentsEntry(section)),
      }),
      ...sections.flatMap((section, index) => this.#section(section, index === 0)),
    ];
  }

  #contentsEntry(section: ExportSection): Paragraph {
    const text = new TextRun({ text: headingOf(section), rightToLeft: this.#document.direction === 'rtl' });
    const link = new InternalHyperlink({ anchor: anchorOf(section), children: [text] });
    return new Paragraph({
      style: 'TOC1',
      bidirectional: this.#document.direction === 'rtl',
      children: [link],
    });
  }

  #section(section: ExportSection, isFirst: boolean): FileChild[] {
    const isRightToLeft = this.#document.direction === 'rtl';
    const heading = new Bookmark({
      id: anchorOf(section),
      children: [new TextRun({ text: headingOf(section), rightToLeft: isRightToLeft })],
    });
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        pageBreakBefore: isFirst,
        bidirectional: isRightToLeft,
        children: [heading],
      }),
      this.#ours(section.prompt, { style: 'Prompt', keepNext: true }),
      ...(isEmpty(section) ? [this.#ours(this.#document.labels.nothingWritten, { style: 'Quiet' })] : []),
      ...section.blocks.flatMap((block) => this.#block(block)),
      ...section.fields.flatMap((field) => this.#field(field)),
    ];
  }

  #block(block: ExportBlock): FileChild[] {
    switch (block.kind) {
      case 'heading':
        return [this.#paragraph(block.line, { heading: HEADINGS[block.level] ?? HeadingLevel.HEADING_4 })];
      case 'quote':
        return [
          this.#paragraph(block.line, {
            style: 'Quote',
            indent: { left: INDENT_TWIPS * (block.indent + 1) },
          }),
        ];
      case 'paragraph':
        return [
          this.#paragraph(
            block.line,
            block.indent > 0 ? { indent: { left: INDENT_TWIPS * block.indent } } : {},
          ),
        ];
      case 'list':
        return this.#list(block, 0);
    }
  }

  #list(list: ExportList, level: number): FileChild[] {
    const reference = `list-${this.numbering.length + 1}`;
    this.numbering.push(listNumbering(reference, level, list.isOrdered));
    return list.items.flatMap((item) => [
      this.#paragraph(item.line, { style: 'ListParagraph', numbering: { reference, level } }),
      ...item.lists.flatMap((inner) => this.#list(inner, level + 1)),
    ]);
  }

  #field(field: ExportField): FileChild[] {
    const label = this.#ours(field.label, { heading: HeadingLevel.HEADING_2 });
    if (field.kind === 'text') return [label, this.#paragraph(field.line)];
    // Word glues a table to what follows; the small paragraph keeps them apart.
    return [label, this.#table(field), this.#ours('', { style: 'AfterTable' })];
  }

  #table(field: ExportField & { kind: 'rows' }): Table {
    const head = field.columns.map(
      (column) =>
        new TableCell({
          shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'EEEEF2' },
          children: [this.#ours(column, { style: 'TableHead' })],
        }),
    );
    const body = field.rows.map((row) =>
      row.map((cell) => new TableCell({ children: [this.#paragraph(cell, { style: 'TableText' })] })),
    );
    const width = Math.floor(TEXT_WIDTH_TWIPS / field.columns.length);
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      columnWidths: field.columns.map(() => width),
      visuallyRightToLeft: this.#document.direction === 'rtl',
      margins: { left: 80, right: 80, marginUnitType: WidthType.DXA },
      tableLook: { firstRow: true, firstColumn: false, noHBand: true, noVBand: true },
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: head }),
        ...body.map((children) => new TableRow({ children })),
      ],
    });
  }

  #ours(text: string, options: ParagraphOptions = {}): Paragraph {
    return this.#paragraph({ direction: this.#document.direction, runs: [{ text }] }, options);
  }

  #paragraph(line: ExportLine, options: ParagraphOptions = {}): Paragraph {
    const isRightToLeft = line.direction === 'rtl';
    return new Paragraph({
      ...options,
      bidirectional: isRightToLeft,
      children: line.runs.flatMap((run) => toChildren(run, isRightToLeft)),
    });
  }
}

type ParagraphOptions = Exclude<ConstructorParameters<typeof Paragraph>[0], string>;

const headingOf = (section: ExportSection) => `${section.number}. ${section.title}`;
const anchorOf = (section: ExportSection) => `section-${section.number}`;

function toChildren(run: Run, isRightToLeft: boolean): ParagraphChild[] {
  if (run.href === undefined) return toTextRuns(run, isRightToLeft);
  const link = new ExternalHyperlink({
    link: run.href,
    children: toTextRuns(run, isRightToLeft, 'Hyperlink'),
  });
  // On paper an address is of use only where it can be read.
  return run.href === run.text ? [link] : [link, ...toTextRuns({ text: ` (${run.href})` }, false)];
}

/** XML 1.0 cannot hold these, not even escaped; a file with one in it would not open. */
const NOT_XML = /[\x01-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

/** Words go in as `text`, never as `children`: there "CURRENT" is no word but the page number. */
function toTextRuns(run: Run, rightToLeft: boolean, style?: string): TextRun[] {
  const look = {
    ...(run.bold ? { bold: true } : {}),
    ...(run.italic ? { italics: true } : {}),
    ...(style ? { style } : {}),
    ...(rightToLeft ? { rightToLeft } : {}),
  };
  const pieces = run.text.replace(NOT_XML, '\uFFFD').match(/\r\n|\r|\n|\t|[^\r\n\t]+/g) ?? [];
  return pieces.map((piece) => {
    if (piece === '\t') return new TextRun({ ...look, children: [new Tab()] });
    return /^[\r\n]/.test(piece) ? new TextRun({ break: 1 }) : new TextRun({ ...look, text: piece });
  });
}
