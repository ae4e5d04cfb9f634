import { ExternalHyperlink, type ParagraphChild, Tab, TextRun } from 'docx';
import type { Run } from '@longtable/shared/documents/canonical';

/** What people wrote, as Word holds it. */
export function toChildren(run: Run, isRightToLeft: boolean): ParagraphChild[] {
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
