import { describe, expect, it } from '@jest/globals';
import { LongtableError } from '@longtable/shared/errors';
import { createLogger } from './logger.ts';

const logged = (log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> => {
  const lines: string[] = [];
  log(createLogger({ destination: { write: (line: string) => void lines.push(line) } }));
  return JSON.parse(lines.join('')) as Record<string, unknown>;
};

describe('the log', () => {
  it('names neither machine nor process', () => {
    const line = logged((logger) => logger.info('here'));
    expect(Object.keys(line).sort()).toEqual(['level', 'msg', 'time']);
  });

  it('keeps what a database quotes out of it, and says where', () => {
    const error = Object.assign(new Error('invalid input syntax: "the-words"'), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'Key (name)=(the-words)',
    });
    const line = JSON.stringify(logged((logger) => logger.error({ err: error }, 'failed')));
    expect(line).not.toContain('the-words');
    expect(line).toContain('22P02');
    expect(line).toContain('logger.test');
  });

  it('follows causes', () => {
    const error = new LongtableError('unavailable', { cause: new Error('socket hang up') });
    expect(logged((logger) => logger.error({ err: error }))).toMatchObject({
      err: { type: 'LongtableError', cause: { type: 'Error', message: 'socket hang up' } },
    });
  });
});
