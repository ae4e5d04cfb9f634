import { describe, expect, it } from '@jest/globals';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import {
  canGoUnnamed,
  firstSection,
  isOverFor,
  isShownAtOnce,
  mayWithdraw,
  type SectionOfRound,
  roundIds,
  shortMark,
  turnOf,
  waitsForUs,
} from './round-look.ts';

const section = (more: Partial<SectionOfRound> = {}): SectionOfRound => ({
  section: 'why',
  status: 'pinned',
  version: 1,
  isHeld: true,
  isReleased: false,
  isRevealed: false,
  answers: [],
  waitingFor: [],
  withdrawn: [],
  earlier: [],
  agreedOn: null,
  reviewOn: null,
  own: { rule: 'speaker', position: null, mine: null },
  ...more,
});
const round = (more: Partial<RoundView> = {}, sections: SectionOfRound[] = [section()]): RoundView => ({
  id: 'round' as RoundView['id'],
  documentId: 'document' as RoundView['documentId'],
  openedOn: '2026-11-21',
  phase: 'object',
  isClosed: false,
  reviewMonths: 6,
  electorate: [],
  sections,
  ...more,
});
const said = { rule: 'speaker', position: 'consent', mine: null } as const;

describe('what one can do about a section', () => {
  it.each<[string, Partial<RoundView>, Partial<SectionOfRound>, string]>([
    ['fixed words are answered in the step for answers', {}, {}, 'answer'],
    ['and may be answered otherwise until answers are shown', {}, { own: said }, 'answer'],
    ['in every other step one waits', { phase: 'amend' }, {}, 'wait'],
    ['nothing is asked of a section that was taken out of the round', {}, { isReleased: true }, 'over'],
    ['a round that ended without showing answers asks nothing', { isClosed: true }, {}, 'over'],
    [
      'a circle that is waited for answers in any step',
      { phase: 'integrate' },
      { status: 'waiting' },
      'answer',
    ],
    ['and after the end too', { isClosed: true }, { status: 'waiting' }, 'answer'],
    ['one that has answered is not asked again', {}, { status: 'waiting', own: said }, 'shown'],
    ['an objection ends the answering', {}, { status: 'reopened' }, 'shown'],
    ['so does agreement', {}, { status: 'agreed', own: said }, 'shown'],
  ])('%s', (_rule, roundIs, sectionIs, turn) => {
    expect(turnOf(round(roundIs), section(sectionIs))).toBe(turn);
  });
});

describe('what waits for a circle', () => {
  it('is what it can answer now and has not answered', () => {
    expect(waitsForUs(round(), section())).toBe(true);
    expect(waitsForUs(round(), section({ own: said }))).toBe(false);
    expect(waitsForUs(round({ phase: 'clarify' }), section())).toBe(false);
  });

  it('is nothing for a facilitator, and for a circle that is not asked', () => {
    expect(waitsForUs(round(), section({ own: null }))).toBe(false);
    expect(waitsForUs(round(), section({ own: null, status: 'waiting' }))).toBe(false);
  });

  it('is opened first, then what is not agreed, then what is', () => {
    const agreed = section({ section: 'a', status: 'agreed', own: said });
    const answered = section({ section: 'b', own: said });
    const asked = section({ section: 'c' });
    expect(firstSection(round({}, [agreed, answered, asked]))).toBe(asked);
    expect(firstSection(round({}, [agreed, answered]))).toBe(answered);
    expect(firstSection(round({}, [agreed]))).toBe(agreed);
  });
});

it('a yes can be taken back, while it counts for something', () => {
  const may = (['pinned', 'waiting', 'reopened', 'agreed'] as const).filter((status) =>
    mayWithdraw(section({ status, own: said })),
  );
  expect(may).toEqual(['waiting', 'agreed']);
  expect(mayWithdraw(section({ status: 'agreed' }))).toBe(false);
  expect(mayWithdraw(section({ status: 'agreed', own: null }))).toBe(false);
});

it('rounds in which something is still to be said are found, also beside words that stay agreed', () => {
  const standing = {
    documents: [
      {
        sections: [
          { standing: 'inRound', roundId: 'asked', beside: { roundId: 'older', standing: 'agreed' } },
          { standing: 'waiting', roundId: 'waits', beside: null },
          { standing: 'changed', roundId: 'agreed', beside: { roundId: 'newer', standing: 'waiting' } },
          { standing: 'open', roundId: null, beside: null },
        ],
      },
    ],
  } as unknown as Standing;
  expect(roundIds(standing)).toEqual(['asked', 'waits', 'newer']);
});

it('a section is done with where the round has ended or it was taken out', () => {
  expect(isOverFor(round(), section())).toBe(false);
  expect(isOverFor(round({ isClosed: true }), section())).toBe(true);
  expect(isOverFor(round(), section({ isReleased: true }))).toBe(true);
});

it('what is said once answers are shown is read at once, and cannot go without a name', () => {
  const circles = ['river', 'hill', 'shore'] as RoundView['electorate'];
  expect(isShownAtOnce(section())).toBe(false);
  expect(isShownAtOnce(section({ status: 'waiting' }))).toBe(true);
  expect(canGoUnnamed({ electorate: circles }, section())).toBe(true);
  expect(canGoUnnamed({ electorate: circles.slice(1) }, section())).toBe(false);
  expect(canGoUnnamed({ electorate: circles }, section({ status: 'waiting' }))).toBe(false);
});

it('a short mark is two groups that one can read aloud', () => {
  expect(shortMark('a1b2c3d4e5f6')).toBe('a1b2 c3d4');
});
