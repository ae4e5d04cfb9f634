import { describe, expect, it } from '@jest/globals';
import { noteKindsNow } from './notes.ts';
import type { PHASES } from './round.ts';
import { happen, openRound, type RoundEvent } from './round.ts';

const after = (...events: RoundEvent[]) => events.reduce(happen, openRound(['why'], ['river', 'hill']));
const move = (phase: (typeof PHASES)[number]) => ({ type: 'move', phase }) as const;
const answer = (circle: string, position: 'consent' | 'objection') =>
  ({ type: 'answer', section: 'why', circle, position }) as const;

describe('notes beside the words of a round', () => {
  it.each([
    ['clarify', ['question', 'suggestion']],
    ['react', ['reaction', 'suggestion']],
    ['amend', ['suggestion']],
    ['object', ['suggestion']],
    ['integrate', ['suggestion']],
  ] as const)('in %s may be %j', (phase, kinds) => {
    expect(noteKindsNow(after(move(phase)), 'why')).toEqual(kinds);
  });

  it('may be put while a section waits, too', () => {
    const waiting = after(move('object'), { type: 'reveal', section: 'why' });
    expect(noteKindsNow(waiting, 'why')).toEqual(['suggestion']);
  });

  it('may not be put where the words themselves are open, or in no round', () => {
    expect(
      noteKindsNow(after(move('object'), answer('river', 'consent'), answer('hill', 'consent')), 'why'),
    ).toEqual([]);
    expect(
      noteKindsNow(after(move('object'), answer('river', 'consent'), answer('hill', 'objection')), 'why'),
    ).toEqual([]);
    expect(noteKindsNow(after({ type: 'close' }), 'why')).toEqual([]);
    expect(noteKindsNow(after(), 'constructor')).toEqual([]);
  });
});
