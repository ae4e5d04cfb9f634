import {
  AlignmentType,
  type INumberingOptions,
  type IStylesOptions,
  LevelFormat,
  LineRuleType,
  ShadingType,
} from 'docx';
import type { ExportDocument } from './export-document.ts';

/** A quarter of an inch for each step in, as Word's own lists do twice over. */
export const INDENT_TWIPS = 360;

const INK = '1B1B1F';
const QUIET = '55555E';

/** A font that every office has or maps, with Arabic in it; scripts that it lacks fall to the reader's own. */
const FONT = 'Arial';

/** Sizes are half-points, spacing is twentieths of a point. */
export function docxStyles(document: ExportDocument): IStylesOptions {
  const heading = (size: number, before: number) => ({
    run: { size, sizeComplexScript: size, bold: true, boldComplexScript: true, color: INK, font: FONT },
    paragraph: { spacing: { before, after: 100 }, keepNext: true },
  });
  const style = (id: string, name: string, run: object, paragraph: object = {}) => ({
    id,
    name,
    basedOn: 'Normal',
    next: 'Normal',
    quickFormat: true,
    run,
    paragraph,
  });
  // Who does what by when should fit on one page.
  const titleSize = document.sections.length > 0 ? 52 : 36;
  const standing = { bold: true, boldComplexScript: true };
  const shaded = (fill: string) => ({ shading: { type: ShadingType.CLEAR, color: 'auto', fill } });
  return {
    default: {
      document: {
        run: {
          font: FONT,
          size: 22,
          sizeComplexScript: 22,
          color: INK,
          language: { value: document.locale === 'ar' ? 'en-GB' : document.locale, bidirectional: 'ar-SA' },
        },
        // Said in full: without the rule, some programs take it for a fixed height and print lines over each other.
        paragraph: { spacing: { after: 140, line: 276, lineRule: LineRuleType.AUTO } },
      },
      title: {
        run: {
          size: titleSize,
          sizeComplexScript: titleSize,
          bold: true,
          boldComplexScript: true,
          font: FONT,
        },
        paragraph: { spacing: { before: 240, after: 80 } },
      },
      heading1: heading(34, 360),
      heading2: heading(26, 280),
      heading3: heading(23, 240),
      heading4: heading(22, 200),
      heading5: heading(22, 200),
      listParagraph: { paragraph: { spacing: { after: 60 }, contextualSpacing: false } },
      hyperlink: { run: { color: '1F4F82', underline: {} } },
    },
    paragraphStyles: [
      style(
        'Subtitle',
        'Subtitle',
        { size: 36, sizeComplexScript: 36, bold: true, boldComplexScript: true },
        { spacing: { after: 240 } },
      ),
      style(
        'OverviewTitle',
        'Overview Title',
        { size: 26, sizeComplexScript: 26, bold: true, boldComplexScript: true },
        { spacing: { before: 240, after: 100 }, keepNext: true },
      ),
      style('Agreed', 'Agreed', standing, { spacing: { after: 60 }, ...shaded('E4F2E7') }),
      style('Open', 'Open', standing, { spacing: { after: 60 }, ...shaded('F4F0E2') }),
      style('Dissent', 'Dissent', standing, { spacing: { before: 120, after: 60 } }),
      style('Prompt', 'Prompt', { italics: true, color: QUIET }),
      style('Quiet', 'Quiet', { color: QUIET }),
      style('Quote', 'Quote', { italics: true }),
      style(
        'TableHead',
        'Table Head',
        { bold: true, boldComplexScript: true, size: 18, sizeComplexScript: 18 },
        { spacing: { before: 40, after: 40 } },
      ),
      style(
        'TableText',
        'Table Text',
        { size: 18, sizeComplexScript: 18 },
        { spacing: { before: 40, after: 40 } },
      ),
      style('AfterTable', 'After Table', { size: 8 }, { spacing: { after: 120 } }),
    ],
  };
}

export type ListNumbering = INumberingOptions['config'][number];

/** `level` counts from 0, at most MAX_INDENT. */
export function listNumbering(reference: string, level: number, isOrdered: boolean): ListNumbering {
  const mark = isOrdered
    ? { format: LevelFormat.DECIMAL, text: `%${level + 1}.` }
    : { format: LevelFormat.BULLET, text: '•' };
  const indent = { left: INDENT_TWIPS * (level + 1), hanging: INDENT_TWIPS };
  return {
    reference,
    levels: [{ level, ...mark, alignment: AlignmentType.LEFT, style: { paragraph: { indent } } }],
  };
}
