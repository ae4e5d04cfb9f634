import { spawnSync } from 'node:child_process';
import jsqr from 'jsqr';

// Its types promise a namespace; what Node gets is the function itself.
const readQr = jsqr as unknown as typeof jsqr.default;

/** As a cheap printer prints and a phone's camera sees. */
const DOTS_PER_INCH = 150;

const toDots = (mm: number) => Math.round((mm * DOTS_PER_INCH) / 25.4);

export interface Picture {
  width: number;
  height: number;
  /** Red, green, blue. */
  bytes: Buffer;
}

/** One page of a PDF as a picture, by poppler. */
export function pictureOf(pdf: Buffer, page: number): Picture {
  const { stdout } = spawnSync(
    'pdftoppm',
    ['-r', `${DOTS_PER_INCH}`, '-f', `${page}`, '-l', `${page}`, '-'],
    { input: pdf, maxBuffer: 1e9 },
  );
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 64).toString('latin1'));
  if (!head) throw new Error('poppler drew no picture');
  return { width: Number(head[1]), height: Number(head[2]), bytes: stdout.subarray(head[0].length) };
}

/**
 * What a phone reads when held over one field of a grid that stands in the middle of the sheet, counted from the top
 * left; null where there is no square. Lengths in millimetres.
 */
export function readSquare(
  { width, height, bytes }: Picture,
  grid: { columns: number; rows: number; fieldWidth: number; fieldHeight: number },
  column: number,
  row: number,
): string | null {
  const [wide, high] = [toDots(grid.fieldWidth), toDots(grid.fieldHeight)];
  const left = Math.round((width - grid.columns * wide) / 2) + column * wide;
  const top = Math.round((height - grid.rows * high) / 2) + row * high;
  const pixels = new Uint8ClampedArray(wide * high * 4).fill(255);
  for (let y = 0; y < high; y += 1)
    for (let x = 0; x < wide; x += 1)
      for (let colour = 0; colour < 3; colour += 1)
        pixels[(y * wide + x) * 4 + colour] = bytes[((top + y) * width + left + x) * 3 + colour] ?? 255;
  return readQr(pixels, wide, high)?.data ?? null;
}
