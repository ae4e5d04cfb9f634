import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffText, moveIndex, type Splice } from './text-diff.ts';

const apply = (text: string, splice: Splice | null) =>
  splice === null
    ? text
    : text.slice(0, splice.index) + splice.insert + text.slice(splice.index + splice.remove);

describe('diffText', () => {
  it('finds nothing where nothing changed', () => {
    expect(diffText('same', 'same')).toBeNull();
  });

  it('puts a repeated letter where the caret is', () => {
    expect(diffText('aaaa', 'aaaaa', 2)).toEqual({ index: 1, remove: 0, insert: 'a' });
    expect(diffText('aaaa', 'aaaaa', 5)).toEqual({ index: 4, remove: 0, insert: 'a' });
  });

  it('reads an edit before the caret, after it and around it', () => {
    expect(diffText('one two', 'one big two', 8)).toEqual({ index: 4, remove: 0, insert: 'big ' });
    expect(diffText('one two', 'one', 3)).toEqual({ index: 3, remove: 4, insert: '' });
    expect(diffText('one two', 'on two', 2)).toEqual({ index: 2, remove: 1, insert: '' });
  });

  it('never cuts a character in half', () => {
    expect(diffText('🌳', '🌴', 2)).toEqual({ index: 0, remove: 2, insert: '🌴' });
    const splice = diffText('a🌳b', 'a🌴b', 3);
    expect(splice).toEqual({ index: 1, remove: 2, insert: '🌴' });
  });

  it('always turns the one text into the other, wherever the caret is', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '🌳', '🌴', 'ب'), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, fc.nat(30), (before, after, caret) => {
        expect(apply(before, diffText(before, after, Math.min(caret, after.length)))).toBe(after);
      }),
    );
  });
});

describe('moveIndex', () => {
  it('moves behind an insertion before it and stays before one at it', () => {
    expect(moveIndex(5, [{ retain: 2 }, { insert: 'abc' }])).toBe(8);
    expect(moveIndex(5, [{ retain: 5 }, { insert: 'abc' }])).toBe(5);
    expect(moveIndex(5, [{ retain: 6 }, { insert: 'abc' }])).toBe(5);
  });

  it('moves back over a deletion, at most to its start', () => {
    expect(moveIndex(5, [{ delete: 2 }])).toBe(3);
    expect(moveIndex(5, [{ retain: 4 }, { delete: 10 }])).toBe(4);
    expect(moveIndex(5, [{ retain: 5 }, { delete: 3 }])).toBe(5);
  });

  it('keeps pointing at the same letter through any edit that leaves it', () => {
    const text = fc.string({ minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(text, fc.string({ maxLength: 4 }), fc.nat(9), fc.nat(9), (before, insert, from, at) => {
        const index = at % before.length;
        const start = from % before.length;
        if (start === index) return;
        const after = before.slice(0, start) + insert + before.slice(start);
        expect(after[moveIndex(index, [{ retain: start }, { insert }])]).toBe(before[index]);
      }),
    );
  });
});
