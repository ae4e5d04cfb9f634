import { describe, expect, it } from '@jest/globals';
import { readAsked } from './asked.ts';

const names = ['workshop', 'big-room'] as const;
const ask = (...args: string[]) => readAsked(args, names);

describe('what the bench is asked for', () => {
  it('is everything, three times, where nothing else is said', () => {
    expect(ask()).toMatchObject({
      isQuick: false,
      scenarios: [...names],
      servers: undefined,
      runs: 3,
      untilMs: Number.POSITIVE_INFINITY,
    });
  });

  it('is the workshop beside Hocuspocus where it should be quick, for less than a minute', () => {
    const asked = ask('--quick', '--json', 'figures.json');
    expect(asked).toMatchObject({
      scenarios: ['workshop'],
      servers: ['longtable', 'hocuspocus'],
      json: 'figures.json',
    });
    expect((asked as { untilMs: number }).untilMs).toBeLessThanOrEqual(Date.now() + 50_000);
  });

  it.each([
    [['--scenario', 'party'], /--scenario is one of workshop, big-room/],
    [['--servers', 'longtable,etherpad'], /not "etherpad"/],
    [['--runs', '0'], /--runs takes a number/],
    [['--fast'], /Usage: npm run bench/],
  ])('says what is wrong with %j', (args, message) => {
    expect(ask(...args)).toMatch(message);
  });
});
