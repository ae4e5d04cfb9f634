import {
  AlignmentType,
  Bookmark,
  Document,
  type FileChild,
  Footer,
  HeadingLevel,
  InternalHyperlink,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { directionOf } from './direction.ts';
import { docxStyles, INDENT_TWIPS, type ListNumbering, listNumbering } from './docx-styles.ts';
import { toChildren } from './docx-text.ts';
import {
  type ExportBlock,
  type ExportChapter,
  type ExportDissent,
  type ExportDocument,
  type ExportField,
  type ExportLine,
  type ExportList,
  type ExportPassage,
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
        properties: { page: { size: A4_TWIPS, margin: marginOf(document) } },
        footers: { default: pageNumbers() },
        children,
      },
    ],
  });
  return sanitiseDocx(await Packer.toBuffer(file), { title: document.kindTitle, language: document.locale });
}

const A4_TWIPS = { width: 11_906, height: 16_838 };
/** Who does what by when should fit on one page. */
const marginOf = ({ sections }: ExportDocument) => {
  const all = sections.length > 0 ? 1_440 : 1_080;
  return { top: all, bottom: all, left: all, right: all };
};
const HEADINGS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
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
    const { title, kindTitle, summary, sections, chapters, direction } = this.#document;
    const titleDirection = directionOf(title, direction);
    return [
      this.#paragraph(
        { direction: titleDirection, runs: [{ text: title }] },
        // "right" is the far side of a line, whichever way it runs: the title keeps to the side of the page.
        { style: 'Title', ...(titleDirection === direction ? {} : { alignment: AlignmentType.RIGHT }) },
      ),
      this.#ours(kindTitle, { style: 'Subtitle' }),
      ...summary.map((line) => this.#paragraph(line)),
      ...(sections.length > 0 ? this.#overview() : []),
      ...sections.flatMap((section, index) => this.#section(section, index === 0)),
      ...chapters.flatMap((chapter) => this.#chapter(chapter, sections.length > 0)),
    ];
  }

  /** What is agreed and what is open, at a glance, with a link to each. */
  #overview(): FileChild[] {
    const { sections, chapters, labels } = this.#document;
    const rows = [
      ...sections.map((section) => [
        this.#link(headingOf(section), anchorOf(section)),
        this.#paragraph(section.state, { style: 'TableText' }),
      ]),
      ...chapters.map((chapter) => [
        this.#link(chapter.title, chapter.key),
        this.#ours(labels.atTheEnd, { style: 'TableText' }),
      ]),
    ];
    return [
      this.#ours(labels.standing, { style: 'OverviewTitle' }),
      this.#table([labels.section, labels.state], rows),
      this.#ours('', { style: 'AfterTable' }),
    ];
  }

  #link(text: string, anchor: string): Paragraph {
    const rightToLeft = this.#document.direction === 'rtl';
    return new Paragraph({
      style: 'TableText',
      bidirectional: rightToLeft,
      children: [
        new InternalHyperlink({ anchor, children: [new TextRun({ text, rightToLeft, style: 'Hyperlink' })] }),
      ],
    });
  }

  #heading1(text: string, anchor: string, pageBreakBefore: boolean): Paragraph {
    const rightToLeft = this.#document.direction === 'rtl';
    return new Paragraph({
      heading: HeadingLevel.HEADING_1,
      pageBreakBefore,
      bidirectional: rightToLeft,
      children: [new Bookmark({ id: anchor, children: [new TextRun({ text, rightToLeft })] })],
    });
  }

  #section(section: ExportSection, isFirst: boolean): FileChild[] {
    const [own] = section.passages;
    const style = section.isAgreed ? 'Agreed' : 'Open';
    return [
      this.#heading1(headingOf(section), anchorOf(section), isFirst),
      this.#ours(section.prompt, { style: 'Prompt', keepNext: true }),
      this.#paragraph(section.state, { style, keepNext: true }),
      ...(section.stateMore ? [this.#paragraph(section.stateMore, { style, keepNext: true })] : []),
      ...(own === undefined || isEmpty(own)
        ? [this.#ours(this.#document.labels.nothingWritten, { style: 'Quiet' })]
        : []),
      ...section.passages.flatMap((passage) => this.#passage(passage)),
    ];
  }

  #chapter({ key, title, lines, passages }: ExportChapter, pageBreakBefore: boolean): FileChild[] {
    return [
      this.#heading1(title, key, pageBreakBefore),
      ...lines.map((line) => this.#paragraph(line, { style: 'Quiet' })),
      ...passages.flatMap((passage) => this.#passage(passage)),
    ];
  }

  #passage({ title, lines, blocks, fields, dissent, closing }: ExportPassage): FileChild[] {
    // Headings that people wrote, and those of fields, stand one level below what they belong to.
    const under = title === null ? 0 : 1;
    return [
      ...(title === null ? [] : [this.#ours(title, { heading: HeadingLevel.HEADING_2 })]),
      ...lines.map((line) => this.#paragraph(line, { style: 'Quiet', keepNext: true })),
      ...blocks.flatMap((block) => this.#block(block, under)),
      ...fields.flatMap((field) => this.#field(field, under)),
      ...dissent.flatMap((each) => this.#dissent(each)),
      ...closing.map((line) => this.#paragraph(line, { style: 'Quiet' })),
    ];
  }

  #dissent({ label, reason }: ExportDissent): FileChild[] {
    return [
      this.#paragraph(label, { style: 'Dissent', keepNext: reason !== null }),
      ...(reason ? [this.#paragraph(reason, { style: 'Quote', indent: { left: INDENT_TWIPS } })] : []),
    ];
  }

  #block(block: ExportBlock, under: number): FileChild[] {
    switch (block.kind) {
      case 'heading':
        return [this.#paragraph(block.line, { heading: headingAt(block.level + under) })];
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

  #field(field: ExportField, under: number): FileChild[] {
    const label = field.label === null ? [] : [this.#ours(field.label, { heading: headingAt(1 + under) })];
    if (field.kind === 'text') return [...label, this.#paragraph(field.line)];
    const rows = field.rows.map((row) => row.map((cell) => this.#paragraph(cell, { style: 'TableText' })));
    // Word glues a table to what follows; the small paragraph keeps them apart.
    return [
      ...label,
      this.#table(field.columns, rows, field.shares),
      this.#ours('', { style: 'AfterTable' }),
    ];
  }

  #table(
    columns: readonly string[],
    rows: readonly Paragraph[][],
    shares: readonly number[] | null = null,
  ): Table {
    const head = columns.map(
      (column) =>
        new TableCell({
          shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'EEEEF2' },
          children: [this.#ours(column, { style: 'TableHead' })],
        }),
    );
    const { left, right } = marginOf(this.#document);
    const width = A4_TWIPS.width - left - right;
    const shareOf = (index: number) => (shares ? shares[index]! / sum(shares) : 1 / columns.length);
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      columnWidths: columns.map((_, index) => Math.floor(width * shareOf(index))),
      visuallyRightToLeft: this.#document.direction === 'rtl',
      margins: { left: 80, right: 80, marginUnitType: WidthType.DXA },
      tableLook: { firstRow: true, firstColumn: false, noHBand: true, noVBand: true },
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: head }),
        ...rows.map(
          (row) => new TableRow({ children: row.map((cell) => new TableCell({ children: [cell] })) }),
        ),
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

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

type ParagraphOptions = Exclude<ConstructorParameters<typeof Paragraph>[0], string>;

const headingOf = (section: ExportSection) => `${section.number}. ${section.title}`;
const anchorOf = (section: ExportSection) => `section-${section.number}`;
const headingAt = (depth: number) => HEADINGS[depth] ?? HeadingLevel.HEADING_5;
