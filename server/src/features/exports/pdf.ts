import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { ExportDocument } from './export-document.ts';
import { fontFolders } from './fonts.ts';
import { pdfData } from './pdf-data.ts';
import { PDF_TEMPLATE } from './pdf-template.ts';

/** A folder that does not exist: the layout has no file to read, and could read none. */
const NO_FOLDER = '/nonexistent';

/**
 * PDF/UA-1 wherever every letter can be drawn. Where a script has no font here, the standard refuses the file;
 * then it is still a tagged PDF, and its first page says that letters are missing and where to find them.
 */
export function renderPdf(document: ExportDocument): Buffer {
  const data = pdfData(document);
  const compiler = NodeCompiler.create({ workspace: NO_FOLDER, fontArgs: [{ fontPaths: fontFolders() }] });
  try {
    return layOut(compiler, data, 'no', { pdfStandard: 'ua-1' });
  } catch (error) {
    const isLetterMissing = String(error).includes('could not be displayed');
    return layOut(compiler, data, isLetterMissing ? 'yes' : 'no', { pdfStandard: '1.7', pdfTags: true });
  }
}

function layOut(
  compiler: NodeCompiler,
  document: string,
  missing: 'yes' | 'no',
  options: { pdfStandard: string; pdfTags?: boolean },
): Buffer {
  const result = compiler.compile({ mainFileContent: PDF_TEMPLATE, inputs: { document, missing } });
  if (!result.result) {
    throw new Error(
      `the PDF layout failed: ${withoutWords(JSON.stringify(result.takeError()?.shortDiagnostics))}`,
    );
  }
  return compiler.pdf(result.result, options);
}

/** The compiler quotes what it complains about, and errors end up in logs, which carry no content. */
const withoutWords = (message: string) => message.replace(/`[^`]*`/g, '`…`');
