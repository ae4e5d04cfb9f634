import { describe, expect, it } from '@jest/globals';
import { newCode, readCode, showCode } from './codes.ts';

describe('codes', () => {
  it('have eight characters that nobody confuses, 40 random bits', () => {
    const codes = new Set(Array.from({ length: 500 }, newCode));
    expect(codes.size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(new Set([...codes].join('')).size).toBe(32);
  });

  it('are shown in two groups', () => expect(showCode('ABCD1234')).toBe('ABCD-1234'));

  it.each([
    ['ABCD-1234', 'ABCD1234'],
    ['  abcd 1234 ', 'ABCD1234'],
    ['a-b-c-d-1-2-3-4', 'ABCD1234'],
    ['ABCD–1234', 'ABCD1234'],
    ['OIL0 oil0', '01100110'],
  ])('%j is read as %s', (typed, code) => expect(readCode(typed)).toBe(code));

  it.each(['', 'ABCD-123', 'ABCD-12345', 'ABCD-123U', 'ABCD-123ß', '١٢٣٤٥٦٧٨'])('%j is no code', (typed) => {
    expect(readCode(typed)).toBeNull();
  });
});
