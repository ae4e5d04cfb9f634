import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { isDatabaseAway } from './wire-error.ts';

const withCode = (error: Error, code: string) => Object.assign(error, { code });

describe('a database that is away', () => {
  it.each(['ECONNRESET', 'EPIPE', '57P01', '08006', '53300'])('is known by %s', (code) => {
    expect(isDatabaseAway(withCode(new Error('x'), code))).toBe(true);
  });

  it('is known where the error was made in another context, as Node makes those of sockets', () => {
    const foreign = runInNewContext(`new Error('read ECONNRESET')`) as Error;
    expect(foreign instanceof Error).toBe(false);
    expect(isDatabaseAway(withCode(foreign, 'ECONNRESET'))).toBe(true);
  });

  it('is not any other fault', () => {
    expect(isDatabaseAway(withCode(new Error('duplicate key'), '23505'))).toBe(false);
    expect(isDatabaseAway({ code: 'ECONNRESET' })).toBe(false);
  });
});
