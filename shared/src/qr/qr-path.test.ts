import { describe, expect, it } from '@jest/globals';
import { qrPath, qrViewBox } from './qr-path.ts';

/** Colours what the path draws: `h` and `v` steps only, each piece one row high. */
function dark(path: string, size: number): string[] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '.'));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let i = 0; i < Number(length); i += 1) rows[Number(y)]![Number(x) + i] = '#';
  return rows.map((row) => row.join(''));
}

describe('a square code as a path', () => {
  it.each([
    ['.#.', '###', '#.#'],
    ['...', '...', '..#'],
    ['###', '###', '###'],
  ])('is dark where the code is dark, and nowhere else (%s %s %s)', (...rows) => {
    const data = [...rows.join('')].map((module) => module === '#');
    expect(dark(qrPath({ size: 3, data }), 3)).toEqual(rows);
  });

  it('leaves the white margin that scanners need', () => {
    expect(qrViewBox({ size: 25 })).toBe('-4 -4 33 33');
  });
});
