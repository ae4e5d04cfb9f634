import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CodePoints } from './code-points.ts';

describe('positions in code points', () => {
  it('are UTF-16 positions while every character is one unit', () => {
    const points = new CodePoints();
    points.splice(0, 0, 'über');
    expect(points.toUtf16(3)).toBe(3);
  });

  it('come out as a count over the text itself would have them, whatever is typed and deleted', () => {
    const edit = fc.record({
      at: fc.nat(30),
      deleted: fc.nat(6),
      inserted: fc.constantFrom('a', '', '🪑', 'x🪑y', 'سلام', '🪁🪁'),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const points = new CodePoints();
        let characters: string[] = [];
        for (const { at, deleted, inserted } of edits) {
          const position = Math.min(at, characters.length);
          const gone = characters.slice(position, position + deleted);
          const index = characters.slice(0, position).join('').length;
          expect(points.toUtf16(position)).toBe(index);
          expect(points.toUtf16(position + gone.length)).toBe(index + gone.join('').length);
          points.splice(index, gone.join('').length, inserted);
          characters = [
            ...characters.slice(0, position),
            ...inserted,
            ...characters.slice(position + gone.length),
          ];
          expect(points.wideCount).toBe(characters.filter((character) => character.length === 2).length);
        }
      }),
    );
  });
});
