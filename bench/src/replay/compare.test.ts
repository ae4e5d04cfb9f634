import { describe, expect, it } from '@jest/globals';
import { describeTexts, firstDifference } from './compare.ts';
import { percentile } from './figures.ts';

describe('comparing texts', () => {
  it('finds where they part, at the end too', () => {
    expect(firstDifference('table', 'table')).toBeNull();
    expect(firstDifference('table', 'tabby')).toEqual({ at: 3, expected: 'table', found: 'tabby' });
    expect(firstDifference('table', 'table.')).toMatchObject({ at: 5 });
  });

  it('names each text, and counts those that differ', () => {
    const { lines, differing } = describeTexts(
      'table',
      new Map([
        ['a', 'table'],
        ['b', ''],
      ]),
    );
    expect(differing).toBe(1);
    expect(lines[0]).toBe('a: equal to endContent');
    expect(lines[1]).toBe('b: DIFFERS at character 0 (0 characters instead of 5)');
  });
});

describe('percentiles', () => {
  it('are values that were measured', () => {
    const values = [4, 1, 3, 2];
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.5)]).toEqual([2, 4, 7]);
    expect(percentile([], 0.5)).toBeNaN();
  });
});
