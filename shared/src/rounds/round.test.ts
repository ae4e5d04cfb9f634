import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  happen,
  isFree,
  isHeld,
  isOver,
  mayHappen,
  openRound,
  PHASES,
  type Position,
  type RoundEvent,
  type RoundState,
  waitingFor,
} from './round.ts';

const electorate = ['river', 'hill', 'shore'];
const sections = ['why', 'what'];
const positions: Position[] = ['consent', 'concern', 'objection'];

const anyEvent: fc.Arbitrary<RoundEvent> = fc.oneof(
  fc.constantFrom(...PHASES).map((phase) => ({ type: 'move' as const, phase })),
  fc.record({
    type: fc.constant('answer' as const),
    section: fc.constantFrom(...sections, 'nowhere'),
    circle: fc.constantFrom(...electorate, 'stranger'),
    position: fc.constantFrom(...positions),
  }),
  fc.record({
    type: fc.constant('recount' as const),
    section: fc.constantFrom(...sections, 'nowhere'),
    circle: fc.constantFrom(...electorate, 'stranger'),
    position: fc.constantFrom(...positions, null),
  }),
  fc.record({
    type: fc.constantFrom('reveal' as const, 'repin' as const),
    section: fc.constantFrom(...sections),
  }),
  fc.record({
    type: fc.constant('withdraw' as const),
    section: fc.constantFrom(...sections),
    circle: fc.constantFrom(...electorate, 'stranger'),
  }),
);

const anyRelease: fc.Arbitrary<RoundEvent> = fc.record({
  type: fc.constant('release' as const),
  section: fc.constantFrom(...sections, 'nowhere'),
});

const play = (events: RoundEvent[]): RoundState => events.reduce(happen, openRound(sections, electorate));

describe('consent rounds', () => {
  it('agrees a section only by the consent of every circle of the electorate to one version', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 20, arbitrary: anyEvent },
            { weight: 1, arbitrary: fc.constant<RoundEvent>({ type: 'close' }) },
            { weight: 1, arbitrary: anyRelease },
          ),
          { maxLength: 60 },
        ),
        (events) => {
          // What each circle said last of the words as they now stand, followed apart from the machine.
          let round = openRound(sections, electorate);
          const said = new Map<string, Position>();
          for (const event of events) {
            if (mayHappen(round, event)) {
              if (event.type === 'answer') said.set(`${event.section}/${event.circle}`, event.position);
              if (event.type === 'recount' && event.position)
                said.set(`${event.section}/${event.circle}`, event.position);
              if ((event.type === 'recount' && !event.position) || event.type === 'withdraw')
                said.delete(`${event.section}/${event.circle}`);
              if (event.type === 'repin')
                for (const circle of electorate) said.delete(`${event.section}/${circle}`);
            }
            round = happen(round, event);
            expect(round.electorate).toEqual(electorate);
            for (const section of sections) {
              const all = electorate.map((circle) => said.get(`${section}/${circle}`));
              if (round.sections[section]?.status === 'agreed') {
                expect(all.every((position) => position === 'consent' || position === 'concern')).toBe(true);
              }
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('has no dead end while it is open: from anywhere, circles that can live with it reach agreed', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let round = play(events);
        for (const section of sections) {
          // Twice, since sealed objections may come to light with the last answer.
          for (let turn = 0; turn < 2; turn++) {
            if (round.sections[section]?.status === 'reopened') {
              round = happen(round, { type: 'move', phase: 'integrate' });
              round = happen(round, { type: 'repin', section });
            }
            round = happen(round, { type: 'move', phase: 'object' });
            for (const circle of electorate) {
              round = happen(round, { type: 'answer', section, circle, position: 'consent' });
            }
          }
          expect(round.sections[section]?.status).toBe('agreed');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps answers sealed until they are shown together, and lets a circle change its mind before', () => {
    let round = happen(openRound(sections, electorate), { type: 'move', phase: 'object' });
    round = happen(round, { type: 'answer', section: 'why', circle: 'river', position: 'objection' });
    expect(round.sections['why']).toMatchObject({ status: 'pinned', isRevealed: false });
    round = happen(round, { type: 'answer', section: 'why', circle: 'river', position: 'concern' });
    round = happen(round, { type: 'reveal', section: 'why' });
    expect(round.sections['why']).toMatchObject({ status: 'waiting', isRevealed: true });
    expect(waitingFor(round, 'why')).toEqual(['hill', 'shore']);
  });

  it('counts anew what is sealed when somebody has left, shows nothing by that, and leaves what was shown', () => {
    const say = (circle: string, position: Position) =>
      ({ type: 'answer', section: 'why', circle, position }) as const;
    const recount = (circle: string, position: Position | null) =>
      ({ type: 'recount', section: 'why', circle, position }) as const;
    let round = happen(openRound(['why'], electorate), { type: 'move', phase: 'object' });
    for (const circle of ['river', 'hill']) round = happen(round, say(circle, 'objection'));
    round = happen(happen(round, recount('river', null)), recount('hill', 'consent'));
    expect(round.sections['why']).toMatchObject({ status: 'pinned', answers: { hill: 'consent' } });
    round = happen(happen(round, recount('river', 'consent')), recount('shore', 'consent'));
    expect(round.sections['why']).toMatchObject({ status: 'pinned', isRevealed: false });
    round = happen(round, { type: 'reveal', section: 'why' });
    expect(round.sections['why']?.status).toBe('agreed');
    expect(happen(round, recount('river', 'objection'))).toBe(round);
    expect(happen(openRound(['why'], electorate), recount('stranger', 'consent')).sections).toEqual(
      openRound(['why'], electorate).sections,
    );
  });

  it('does not tell by refusing to show answers whether anyone has answered', () => {
    const reveal = { type: 'reveal', section: 'why' } as const;
    const opened = openRound(sections, electorate);
    const answered = (round: RoundState): RoundState =>
      happen(
        happen(happen(round, { type: 'move', phase: 'object' }), {
          type: 'answer',
          section: 'why',
          circle: 'river',
          position: 'consent',
        }),
        { type: 'move', phase: 'clarify' },
      );
    for (const phase of PHASES) {
      const [none, some] = [opened, answered(opened)].map((round) => happen(round, { type: 'move', phase }));
      expect([phase, mayHappen(none!, reveal)]).toEqual([phase, mayHappen(some!, reveal)]);
    }
    const shown = happen(happen(opened, { type: 'move', phase: 'object' }), reveal);
    expect(shown.sections['why']).toMatchObject({ status: 'pinned', isRevealed: false, answers: {} });
  });

  it('forgets at its end what was never shown', () => {
    let round = happen(openRound(sections, electorate), { type: 'move', phase: 'object' });
    for (const section of sections)
      round = happen(round, { type: 'answer', section, circle: 'river', position: 'consent' });
    round = happen(round, { type: 'reveal', section: 'what' });
    round = happen(round, { type: 'close' });
    expect(round.sections['why']?.answers).toEqual({});
    expect(round.sections['what']?.answers).toEqual({ river: 'consent' });
  });

  it('keeps nowhere the order in which circles spoke', () => {
    const play = (order: string[]) => {
      let round = happen(openRound(['why'], electorate), { type: 'move', phase: 'object' });
      for (const circle of order)
        round = happen(round, { type: 'answer', section: 'why', circle, position: 'consent' });
      for (const circle of order.slice(0, 2))
        round = happen(round, { type: 'withdraw', section: 'why', circle });
      return round;
    };
    expect(JSON.stringify(play(['shore', 'river', 'hill']))).toBe(
      JSON.stringify(play(['river', 'shore', 'hill'])),
    );
  });

  it('reopens the section that a circle objects to, and no other', () => {
    let round = happen(openRound(sections, electorate), { type: 'move', phase: 'object' });
    for (const section of sections) {
      for (const circle of electorate) {
        const position = section === 'why' && circle === 'hill' ? 'objection' : 'consent';
        round = happen(round, { type: 'answer', section, circle, position });
      }
    }
    expect(round.sections['why']?.status).toBe('reopened');
    expect(round.sections['what']?.status).toBe('agreed');
  });

  it('waits for a circle that takes its consent back, and lets it give it again, after the end too', () => {
    let round = happen(openRound(['why'], electorate), { type: 'move', phase: 'object' });
    for (const circle of electorate)
      round = happen(round, { type: 'answer', section: 'why', circle, position: 'consent' });
    round = happen(round, { type: 'close' });
    round = happen(round, { type: 'withdraw', section: 'why', circle: 'shore' });
    expect(round.sections['why']).toMatchObject({ status: 'waiting', withdrawn: ['shore'] });
    expect(waitingFor(round, 'why')).toEqual(['shore']);
    round = happen(round, { type: 'answer', section: 'why', circle: 'shore', position: 'consent' });
    expect(round.sections['why']).toMatchObject({ status: 'agreed', withdrawn: [] });
  });

  it('lets one section out of the round and leaves the others as they are, from anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 40 }),
        fc.array(anyEvent, { maxLength: 40 }),
        (before, after) => {
          const round = play(before);
          const released = happen(round, { type: 'release', section: 'why' });
          expect(released.sections['what']).toEqual(round.sections['what']);
          // For this section it is as if the whole round had ended, then and for all that comes.
          const ended = happen(round, { type: 'close' });
          const here = ({ sections }: RoundState) => ({ ...sections['why'], isReleased: true });
          expect(here(released)).toEqual(here(ended));
          expect(here(after.reduce(happen, released))).toEqual(here(after.reduce(happen, ended)));
          expect([released, after.reduce(happen, released)].some((each) => isHeld(each, 'why'))).toBe(false);
          expect(isOver(released, 'what')).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('holds words from the day they are put forward until they are agreed, reopened or let go', () => {
    let round = openRound(['why'], electorate);
    const event = (next: RoundEvent) => ((round = happen(round, next)), isHeld(round, 'why'));
    const say = (circle: string, position: Position): RoundEvent => ({
      type: 'answer',
      section: 'why',
      circle,
      position,
    });
    expect(event({ type: 'move', phase: 'object' })).toBe(true);
    expect(event(say('river', 'consent'))).toBe(true);
    expect(event({ type: 'reveal', section: 'why' })).toBe(true);
    expect(event(say('hill', 'consent'))).toBe(true);
    expect(event(say('shore', 'consent'))).toBe(false);
    // A consent taken back does not take the words out of anybody's hands.
    expect(event({ type: 'withdraw', section: 'why', circle: 'hill' })).toBe(false);
    expect(event(say('hill', 'objection'))).toBe(false);
    event({ type: 'move', phase: 'integrate' });
    expect(event({ type: 'repin', section: 'why' })).toBe(true);
    event({ type: 'move', phase: 'object' });
    event(say('hill', 'consent'));
    expect(event({ type: 'reveal', section: 'why' })).toBe(true);
    expect(round.sections['why']).toMatchObject({ status: 'waiting', agreedVersion: 1, version: 2 });
    expect(event({ type: 'release', section: 'why' })).toBe(false);
    expect(isHeld(round, 'constructor')).toBe(false);
  });

  it('lets another round ask about a section that is agreed or let go, and about none that it still works on', () => {
    let round = happen(openRound(['why'], electorate), { type: 'move', phase: 'object' });
    const answers = (last: Position): RoundEvent[] =>
      electorate.map((circle) => ({
        type: 'answer',
        section: 'why',
        circle,
        position: circle === 'shore' ? last : 'consent',
      }));
    expect(isFree(round, 'why')).toBe(false);
    expect(isFree(answers('objection').reduce(happen, round), 'why')).toBe(false);
    expect(isFree(happen(round, { type: 'release', section: 'why' }), 'why')).toBe(true);
    round = answers('consent').reduce(happen, round);
    expect(isFree(round, 'why')).toBe(true);
    expect(isFree(happen(round, { type: 'withdraw', section: 'why', circle: 'hill' }), 'why')).toBe(true);
  });

  it('never takes an answer from a circle outside the electorate', () => {
    let round = happen(openRound(['why'], electorate), { type: 'move', phase: 'object' });
    round = happen(round, { type: 'answer', section: 'why', circle: 'latecomer', position: 'consent' });
    expect(round.sections['why']?.answers).toEqual({});
  });
});
