/** A square code as the library makes it: row by row, one entry for each module, true where it is dark. */
export interface QrModules {
  size: number;
  data: ArrayLike<number | boolean>;
}

/** Modules of white that a scanner needs around the code (ISO/IEC 18004). */
export const QR_MARGIN = 4;

/** The dark modules as one SVG path, one unit each: drawn so on screen and on paper alike. */
export function qrPath({ size, data }: QrModules): string {
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) if (data[y * size + x]) path += `M${x} ${y}h1v1h-1z`;
  return path;
}

/** `viewBox` of the code with its margin. */
export const qrViewBox = ({ size }: Pick<QrModules, 'size'>): string =>
  `${-QR_MARGIN} ${-QR_MARGIN} ${size + 2 * QR_MARGIN} ${size + 2 * QR_MARGIN}`;
