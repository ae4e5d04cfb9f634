import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf, isBeforeCircles, placeOf } from './agreement.ts';
import { happen, mayHappen, openRound, PHASES, type Position, type RoundEvent } from './round.ts';

const circles = ['river', 'hill', 'shore'];
const SECTION = 'why';

const move = (phase: (typeof PHASES)[number]): RoundEvent => ({ type: 'move', phase });
const answer = (circle: string, position: Position = 'consent'): RoundEvent => ({
  type: 'answer',
  section: SECTION,
  circle,
  position,
});
const withdraw = (circle: string): RoundEvent => ({ type: 'withdraw', section: SECTION, circle });
const reveal: RoundEvent = { type: 'reveal', section: SECTION };
const release: RoundEvent = { type: 'release', section: SECTION };
const close: RoundEvent = { type: 'close' };
const everyone = circles.map((circle) => answer(circle));

/** A round over the section, by the name that a test knows it by. */
const round = (name: string, ...events: RoundEvent[]) => ({
  name,
  state: events.reduce(happen, openRound([SECTION], circles)),
});
const standing = (...newestFirst: ReturnType<typeof round>[]) => {
  const { agreed, underway } = placeOf(newestFirst, SECTION);
  return { agreed: agreed?.name ?? null, underway: underway?.name ?? null };
};

const anyEvent: fc.Arbitrary<RoundEvent> = fc.oneof(
  fc.constantFrom(...PHASES).map(move),
  fc
    .tuple(fc.constantFrom(...circles), fc.constantFrom<Position>('consent', 'concern', 'objection'))
    .map(([circle, position]) => answer(circle, position)),
  fc.constantFrom(...circles).map(withdraw),
  fc.constantFrom<RoundEvent>(reveal, { type: 'repin', section: SECTION }, release, close),
);

describe('what circles agree to', () => {
  it('is agreed by all, by some or by none as their shown answers to these words say, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        // What each circle says of the words as they now stand, followed apart from the machine.
        let state = openRound([SECTION], circles);
        const yes = new Set<string>();
        let isShown = false;
        for (const event of events) {
          if (mayHappen(state, event)) {
            if (event.type === 'answer' && event.position !== 'objection') yes.add(event.circle);
            if (event.type === 'answer' && event.position === 'objection') yes.delete(event.circle);
            if (event.type === 'withdraw') yes.delete(event.circle);
            if (event.type === 'repin') {
              yes.clear();
              isShown = false;
            }
          }
          state = happen(state, event);
          const now = state.sections[SECTION]!;
          isShown ||= now.isRevealed;
          const isStopped = !isShown || now.status === 'reopened' || yes.size === 0;
          const expected = isStopped ? 'none' : yes.size === circles.length ? 'all' : 'some';
          expect(agreementOf(now)).toBe(expected);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is agreed by none once every circle took its consent back', () => {
    const back = round('back', move('object'), ...everyone, ...circles.map(withdraw));
    expect(back.state.sections[SECTION]).toMatchObject({ status: 'waiting', withdrawn: circles });
    expect(agreementOf(back.state.sections[SECTION]!)).toBe('none');
  });
});

describe('where a section stands by all its rounds', () => {
  const old = round('old', move('object'), ...everyone, close);

  it('stays agreed while newer words are before the circles, waited for, or came to nothing', () => {
    expect(standing(old)).toEqual({ agreed: 'old', underway: null });
    expect(standing(round('new'), old)).toEqual({ agreed: 'old', underway: 'new' });
    const waiting = [move('object'), answer('river'), reveal];
    expect(standing(round('new', ...waiting), old)).toEqual({ agreed: 'old', underway: 'new' });
    expect(standing(round('new', ...waiting, close), old)).toEqual({ agreed: 'old', underway: 'new' });
    expect(standing(round('new', close), old)).toEqual({ agreed: 'old', underway: null });
    expect(standing(round('new', release), old)).toEqual({ agreed: 'old', underway: null });
    const objected = [move('object'), answer('river', 'objection'), reveal];
    expect(standing(round('new', ...objected), old)).toEqual({ agreed: 'old', underway: 'new' });
    expect(standing(round('new', ...objected, close), old)).toEqual({ agreed: 'old', underway: null });
  });

  it('is replaced by newer words that all agree to, and not revived where one takes that back', () => {
    const newer = [move('object'), ...everyone];
    expect(standing(round('new', ...newer), old)).toEqual({ agreed: 'new', underway: null });
    expect(standing(round('new', ...newer, withdraw('hill')), old)).toEqual({
      agreed: null,
      underway: 'new',
    });
    const reopened = [...newer, withdraw('hill'), answer('hill', 'objection'), move('integrate')];
    expect(standing(round('new', ...reopened, { type: 'repin', section: SECTION }), old)).toEqual({
      agreed: null,
      underway: 'new',
    });
  });

  it('is agreed by the newest round that all agree in, also where an older one is answered last', () => {
    const late = round(
      'late',
      move('object'),
      answer('river'),
      reveal,
      close,
      answer('hill'),
      answer('shore'),
    );
    expect(standing(round('new', move('object'), ...everyone), late)).toMatchObject({ agreed: 'new' });
    expect(standing(late)).toEqual({ agreed: 'late', underway: null });
  });

  it('is what the newest says, of two that are waited for', () => {
    const waiting = [move('object'), answer('river'), reveal, close];
    expect(standing(round('new', ...waiting), round('old', ...waiting))).toEqual({
      agreed: null,
      underway: 'new',
    });
  });

  it('is before the circles only while a round goes on', () => {
    expect(isBeforeCircles(round('new').state, SECTION)).toBe(true);
    expect(isBeforeCircles(round('new', close).state, SECTION)).toBe(false);
    expect(isBeforeCircles(round('new', release).state, SECTION)).toBe(false);
    expect(isBeforeCircles(round('new').state, 'constructor')).toBe(false);
    expect(isBeforeCircles(old.state, SECTION)).toBe(false);
  });
});
