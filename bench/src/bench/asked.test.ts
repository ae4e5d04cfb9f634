import { describe, expect, it } from '@jest/globals';
import { type Asked, readAsked } from './asked.ts';
import { ENDING_MS, PIPES_MS, QUICK_LIMIT_MS } from './time-limits.ts';

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
  });

  it('is over in time where it should be quick, whatever hangs', () => {
    const startedMs = 1_000_000;
    const { untilMs } = readAsked(['--quick'], names, startedMs) as Asked;
    expect(untilMs + ENDING_MS + PIPES_MS).toBeLessThanOrEqual(startedMs + QUICK_LIMIT_MS);
    // Twice two servers, each of which may take this long to start, lay its table and end; people type twice as long as
    // is counted.
    const { seconds, servers } = readAsked(['--quick'], names, startedMs) as Asked;
    const leftEachMs = (untilMs - startedMs) / (2 * (servers?.length ?? 0)) - 2 * seconds * 1_000;
    expect(leftEachMs).toBeGreaterThanOrEqual(4_000);
  });

  it('is less of everything where somebody tries it out, and gives no figures', () => {
    expect(ask('--scale', '0.1')).toMatchObject({ scale: 0.1, seconds: 3 });
    expect(ask('--scale', '0.1', '--json', 'figures.json')).toMatch(/without --json/);
    expect(ask('--profile', 'profiles', '--json', 'figures.json')).toMatch(/without --json/);
  });

  it.each([
    [['--scenario', 'party'], /--scenario is one of workshop, big-room/],
    [['--servers', 'longtable,etherpad'], /not "etherpad"/],
    [['--runs', '0'], /--runs takes a number/],
    [['--scale', '0'], /--scale takes a share/],
    [['--scale', '2'], /--scale takes a share/],
    [['--fast'], /Usage: npm run bench/],
  ])('says what is wrong with %j', (args, message) => {
    expect(ask(...args)).toMatch(message);
  });
});
