import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import {
  happen,
  openRound,
  PHASES,
  type Position,
  type RoundEvent,
  type RoundState,
} from '@longtable/shared/rounds/round';

const CIRCLES = ['a', 'b'];
const POSITIONS: Position[] = ['consent', 'concern', 'objection'];

const events: RoundEvent[] = [
  ...PHASES.map((phase) => ({ type: 'move' as const, phase })),
  ...CIRCLES.flatMap((circle) => [
    ...POSITIONS.map((position) => ({ type: 'answer' as const, section: 's', circle, position })),
    ...[...POSITIONS, null].map((position) => ({
      type: 'recount' as const,
      section: 's',
      circle,
      position,
    })),
    { type: 'withdraw' as const, section: 's', circle },
  ]),
  { type: 'reveal', section: 's' },
  { type: 'repin', section: 's' },
  { type: 'release', section: 's' },
  { type: 'close' },
];

/** Every change of status that the machine can make, found by walking all its states. */
function transitions(): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const todo: RoundState[] = [openRound(['s'], CIRCLES)];
  for (let round = todo.pop(); round; round = todo.pop()) {
    for (const event of events) {
      const after = happen(round, event);
      const [from, to] = [round.sections['s']!, after.sections['s']!];
      if (from.status !== to.status) found.add(`${from.status} --> ${to.status}: ${event.type}`);
      // Versions only count up: two of them show everything.
      const key = JSON.stringify({
        ...after,
        sections: { ...to, version: Math.min(to.version, 2), agreedVersion: to.agreedVersion === to.version },
      });
      if (seen.has(key)) continue;
      seen.add(key);
      todo.push(after);
    }
  }
  return found;
}

it('docs/ROUNDS.md draws exactly the machine there is', () => {
  const page = readFileSync(new URL('../../../../docs/ROUNDS.md', import.meta.url), 'utf8');
  const drawn = [...page.matchAll(/^ {2}(\w+ --> \w+: \w+)$/gm)].map((match) => match[1]!);
  expect(drawn.sort()).toEqual([...transitions()].sort());
  expect(page).toContain('[*] --> pinned');
});
