import { describe, expect, it } from '@jest/globals';
import { noTieDraft, tieOf } from './tie-draft.ts';

describe('an answer about ties', () => {
  it('is whole with none, and with some that are named; blank is no answer', () => {
    expect(tieOf(noTieDraft)).toBeNull();
    expect(tieOf({ has: true, words: '  ' })).toBeNull();
    expect(tieOf({ has: false, words: 'thought better of it' })).toEqual({ has: false });
    expect(tieOf({ has: true, words: ' a yearly report ' })).toEqual({ has: true, words: 'a yearly report' });
  });
});
