import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FEWEST_CIRCLES_TO_HIDE_AMONG, hidesUnnamed, type Told } from './unnamed.ts';

const told = (position: Told['position'], dissent: Told['dissent'] = 'inside', isLate = false): Told => ({
  position,
  dissent,
  isLate,
});
const yes = told('consent');
const unnamed = told('concern', 'unnamed');
const named = told('objection', 'named');

describe('a worry without a name', () => {
  it('stays without one among three circles or more, and among two it does not', () => {
    expect(hidesUnnamed([unnamed, yes, yes])).toBe(true);
    expect(hidesUnnamed([unnamed, yes])).toBe(false);
    expect(hidesUnnamed([unnamed])).toBe(false);
    expect(FEWEST_CIRCLES_TO_HIDE_AMONG).toBe(3);
  });

  it('does not where too many others gave their names, or all have a worry', () => {
    expect(hidesUnnamed([unnamed, named, yes])).toBe(false);
    expect(hidesUnnamed([unnamed, named, yes, yes])).toBe(true);
    expect(hidesUnnamed([unnamed, unnamed, unnamed])).toBe(false);
    expect(hidesUnnamed([unnamed, unnamed, yes])).toBe(false);
    expect(hidesUnnamed([unnamed, unnamed, yes, told('concern', 'inside')])).toBe(true);
  });

  it('does not hide behind answers that came one by one, and does not hide as one of them', () => {
    const late = told('consent', 'inside', true);
    expect(hidesUnnamed([unnamed, yes, late])).toBe(false);
    expect(hidesUnnamed([told('concern', 'unnamed', true), yes])).toBe(false);
    expect(hidesUnnamed([unnamed, yes, yes, told('concern', 'unnamed', true)])).toBe(true);
  });

  it('is never told where somebody who knows one circle could name it by taking the others away', () => {
    const anyAnswer = fc.record({
      position: fc.constantFrom<Told['position']>('consent', 'concern', 'objection'),
      dissent: fc.constantFrom<Told['dissent']>('named', 'unnamed', 'inside'),
      isLate: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 8 }), fc.nat(7), (answers, reader) => {
        if (!hidesUnnamed(answers)) return;
        const isUnnamed = (each: Told) =>
          each.position !== 'consent' && each.dissent === 'unnamed' && !each.isLate;
        const isNamed = (each: Told) => each.position !== 'consent' && each.dissent === 'named';
        const left = answers.filter((each, at) => at !== reader && !isNamed(each) && !each.isLate);
        if (answers[reader] && isUnnamed(answers[reader]!)) return;
        expect(left.length).toBeGreaterThan(left.filter(isUnnamed).length);
      }),
    );
  });
});
