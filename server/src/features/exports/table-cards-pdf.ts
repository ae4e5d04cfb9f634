import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { qrPath, QR_MARGIN, qrViewBox } from '@longtable/shared/qr/qr-path';
import qrcode from 'qrcode';
import type { Direction } from './direction.ts';
import { fontFolders, fontNames } from './fonts.ts';
import { TABLE_CARDS_TEMPLATE } from './table-cards-template.ts';

/** All that a table card says. No topic, circle, organisation, person or day: whoever finds one learns an address. */
export interface TableCardsSheet {
  /** What the square holds: the link, with the code in its fragment. */
  url: string;
  code: string;
  /** What to open for typing the code instead. */
  address: string;
  /** The same sentence in each language of the partnership. */
  lines: { lang: string; dir: Direction; text: string }[];
  squareAlt: string;
  cards: number;
  paper: 'a4' | 'letter';
}

/** A folder that does not exist: the layout has no file to read, and could read none. */
const NO_FOLDER = '/nonexistent';

/** The same cards always are the same bytes. */
export function renderTableCards(sheet: TableCardsSheet): Buffer {
  const compiler = NodeCompiler.create({ workspace: NO_FOLDER, fontArgs: [{ fontPaths: fontFolders() }] });
  const { result } = compiler.compile({
    mainFileContent: TABLE_CARDS_TEMPLATE,
    inputs: { sheet: toInput(sheet) },
  });
  // What the compiler complains about would be quoted in a log, and the code with it.
  if (!result) throw new Error('the layout of the table cards failed');
  return compiler.pdf(result, { pdfStandard: 'ua-1' });
}

function toInput({ url, address, lines, paper, ...rest }: TableCardsSheet): string {
  return JSON.stringify({
    ...rest,
    lines,
    lang: lines[0]?.lang ?? 'en',
    fonts: fontNames,
    paper: paper === 'letter' ? 'us-letter' : paper,
    square: squareSvg(url),
    // An address may break after a dot, a dash or a slash, so that a long one stays on its card.
    address: address.split(/(?<=[./-])/),
  });
}

/** Level M survives a crease or a coffee stain over a seventh of the square. */
function squareSvg(text: string): string {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const whole = modules.size + 2 * QR_MARGIN;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${qrViewBox(modules)}">` +
    `<rect x="${-QR_MARGIN}" y="${-QR_MARGIN}" width="${whole}" height="${whole}" fill="#fff"/>` +
    `<path d="${qrPath(modules)}" fill="#000"/></svg>`
  );
}
