/** A square code as the library makes it: row by row, one entry for each module, true where it is dark. */
export interface QrModules {
  size: number;
  data: ArrayLike<number | boolean>;
}

/** Modules of white that a scanner needs around the code (ISO/IEC 18004). */
export const QR_MARGIN = 4;

/** The dark modules as one SVG path, one unit each, drawn so on screen and on paper alike. */
export function qrPath({ size, data }: QrModules): string {
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      // Neighbours are drawn as one piece: seams between them show as white hairs on some screens.
      let length = 0;
      while (x + length < size && data[y * size + x + length]) length += 1;
      if (length > 0) path += `M${x} ${y}h${length}v1h-${length}z`;
      x += length;
    }
  }
  return path;
}

/** `viewBox` of the code with its margin. */
export const qrViewBox = ({ size }: Pick<QrModules, 'size'>): string =>
  `${-QR_MARGIN} ${-QR_MARGIN} ${size + 2 * QR_MARGIN} ${size + 2 * QR_MARGIN}`;
