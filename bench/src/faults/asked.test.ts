import { describe, expect, it } from '@jest/globals';
import { readAsked } from './asked.ts';

const names = ['kill', 'clock'] as const;
const ask = (...args: string[]) => readAsked(args, names, ['clock'], 77);

describe('what the faults are asked for', () => {
  it('is every scenario with a fresh seed where nothing else is said', () => {
    expect(ask()).toEqual({ length: 'usual', seed: 77, scenarios: [...names], json: undefined });
  });

  it('is less where it should be quick, unless somebody asks for it by name', () => {
    expect(ask('--quick')).toMatchObject({ length: 'quick', scenarios: ['kill'] });
    expect(ask('--quick', '--scenario', 'clock')).toMatchObject({ scenarios: ['clock'] });
  });

  it('is a seed, a length and scenarios by name', () => {
    expect(ask('--long', '--seed', '5', '--scenario', 'clock', '--json', 'faults.json')).toEqual({
      length: 'long',
      seed: 5,
      scenarios: ['clock'],
      json: 'faults.json',
    });
  });

  it.each([
    [['--quick', '--long'], /quick or long/],
    [['--seed', '-1'], /--seed takes a number|Usage/],
    [['--seed', 'x'], /--seed takes a number/],
    [['--seed', '4294967296'], /--seed takes a number/],
    [['--scenario', 'flood'], /one of kill, clock/],
    [['--fast'], /Usage: npm run faults/],
  ])('says what is wrong with %j', (args, message) => {
    expect(ask(...args)).toMatch(message);
  });
});
