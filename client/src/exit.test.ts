import { beforeEach, describe, expect, it } from '@jest/globals';
import { createShiftCounter, type KeyLike, type ShiftCounter } from './exit.ts';

const key = (name: string, more: Partial<KeyLike> = {}): KeyLike => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  isComposing: false,
  ...more,
});

describe('Shift pressed three times', () => {
  let counts: number[];
  let expired: number;
  let runTimer: (() => void) | null;
  let counter: ShiftCounter;

  beforeEach(() => {
    counts = [];
    expired = 0;
    runTimer = null;
    counter = createShiftCounter(
      (count) => counts.push(count),
      () => (expired += 1),
      (run) => {
        runTimer = run;
        return () => (runTimer = null);
      },
    );
  });

  const press = (name: string, more: Partial<KeyLike> = {}) => {
    counter.keyDown(key(name, more));
    counter.keyUp(key(name, more));
  };
  const pressShift = () => {
    counter.keyDown(key('Shift', { shiftKey: true }));
    counter.keyUp(key('Shift'));
  };
  const typeCapital = (letter: string) => {
    counter.keyDown(key('Shift', { shiftKey: true }));
    press(letter, { shiftKey: true });
    counter.keyUp(key('Shift'));
  };
  /** Fast typists let Shift go before the letter. */
  const typeCapitalFast = (letter: string) => {
    counter.keyDown(key('Shift', { shiftKey: true }));
    counter.keyDown(key(letter, { shiftKey: true }));
    counter.keyUp(key('Shift'));
    counter.keyUp(key(letter.toLowerCase()));
  };
  const hasLeft = () => counts.includes(3);

  it('leaves at the third press, counting aloud', () => {
    pressShift();
    pressShift();
    expect(counts).toEqual([1, 2]);
    pressShift();
    expect(counts).toEqual([1, 2, 3]);
  });

  it('counts the first press after ordinary typing', () => {
    press('b');
    pressShift();
    pressShift();
    pressShift();
    expect(hasLeft()).toBe(true);
  });

  it('never leaves while capitals are typed, slowly or fast', () => {
    for (const letter of 'ABCDEFGH') typeCapital(letter);
    for (const letter of 'ABCDEFGH') typeCapitalFast(letter);
    for (const letter of 'ABCDEFGH') {
      typeCapital(letter);
      typeCapitalFast(letter);
    }
    expect(hasLeft()).toBe(false);
  });

  it('never leaves when the next Shift goes down before the last letter is up', () => {
    counter.keyDown(key('Shift', { shiftKey: true }));
    for (const letter of 'ABCDEF') {
      counter.keyDown(key(letter, { shiftKey: true }));
      counter.keyUp(key('Shift'));
      counter.keyDown(key('Shift', { shiftKey: true }));
      counter.keyUp(key(letter, { shiftKey: true }));
    }
    counter.keyUp(key('Shift'));
    expect(hasLeft()).toBe(false);
  });

  it('starts over after any other key', () => {
    pressShift();
    pressShift();
    press('a');
    pressShift();
    expect(counts).toEqual([1, 2, 0, 1]);
  });

  it('starts over when the time between presses is up, and says so', () => {
    pressShift();
    pressShift();
    runTimer?.();
    expect(expired).toBe(1);
    pressShift();
    expect(counts).toEqual([1, 2, 0, 1]);
  });

  it('does not count both Shifts held together', () => {
    for (let i = 0; i < 3; i++) {
      counter.keyDown(key('Shift', { shiftKey: true }));
      counter.keyDown(key('Shift', { shiftKey: true }));
      counter.keyUp(key('Shift', { shiftKey: true }));
      counter.keyUp(key('Shift'));
    }
    expect(counts).toEqual([]);
  });

  it('does not count Shift with another modifier, with a pointer or within an input method', () => {
    for (let i = 0; i < 3; i++) press('Shift', { ctrlKey: true });
    for (let i = 0; i < 3; i++) press('Shift', { isComposing: true });
    for (let i = 0; i < 3; i++) {
      counter.keyDown(key('Shift', { shiftKey: true }));
      counter.pointerDown({ shiftKey: true });
      counter.keyUp(key('Shift'));
    }
    expect(counts).toEqual([]);
  });

  it('counts a held key once', () => {
    counter.keyDown(key('Shift', { shiftKey: true }));
    for (let i = 0; i < 20; i++) counter.keyDown(key('Shift', { shiftKey: true, repeat: true }));
    counter.keyUp(key('Shift'));
    expect(counts).toEqual([1]);
  });

  it('forgets a Shift whose release went to another window', () => {
    counter.keyDown(key('Shift', { shiftKey: true }));
    counter.blur();
    pressShift();
    expect(counts).toEqual([1]);
  });
});
