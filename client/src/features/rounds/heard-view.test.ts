import { describe, expect, it } from '@jest/globals';
import type { CircleId, DocumentId, PartnershipId } from '@longtable/shared/ids';
import type { CircleHeard, HeardMark } from '@longtable/shared/protocol/http/heard';
import type { CircleSummary, Table } from '@longtable/shared/protocol/http/partnerships';
import { heardCircles, markOf, noticedSections, waitingSections } from './heard-view.ts';

const [definition, plan, agreement] = ['definition', 'plan', 'agreement'] as DocumentId[] as [
  DocumentId,
  DocumentId,
  DocumentId,
];
const circle = (id: string): CircleSummary => ({
  id: id as CircleId,
  number: 1,
  name: null,
  isSeated: true,
  isMine: false,
  isPromised: false,
  isEnded: false,
  anew: null,
  labels: [],
});
const table: Omit<Table, 'here' | 'mayMoveHere'> = {
  id: 'table' as PartnershipId,
  title: 'A table',
  template: 'one-evening',
  locales: ['en'],
  circles: [circle('one'), circle('two')],
  documents: [
    { id: agreement, kind: 'agreement' },
    { id: definition, kind: 'definition' },
    { id: plan, kind: 'plan' },
  ],
};
const mark = (section: string, value: HeardMark) => ({ documentId: definition, section, mark: value });
const keys = (places: ReturnType<typeof waitingSections>) =>
  places.map(({ kind, section }) => `${kind} ${section.number}`);

describe('what waits for a circle', () => {
  it('is the eight sections of one evening, in the order of the table, and no other', () => {
    expect(keys(waitingSections(table, []))).toEqual([
      ...[1, 2, 5, 12].map((number) => `definition ${number}`),
      ...[1, 3, 5, 11].map((number) => `plan ${number}`),
    ]);
  });

  it('is every starred section where the partnership began with all of them', () => {
    const waiting = keys(waitingSections({ ...table, template: 'full' }, []));
    expect(waiting.length).toBeGreaterThan(20);
    expect(new Set(waiting).size).toBe(waiting.length);
  });

  it('holds starred sections only', () => {
    expect(waitingSections(table, []).every(({ section }) => section.isStarred)).toBe(true);
  });

  it.each(['spoke', 'passed', 'notSafe'] as const)('is over for a section with any answer: %s', (value) => {
    expect(keys(waitingSections(table, [mark('our-words', value)]))).not.toContain('definition 1');
  });

  it('is not over by an answer to the section of the same name in another document', () => {
    const elsewhere = [{ ...mark('our-words', 'spoke'), documentId: plan }];
    expect(keys(waitingSections(table, elsewhere))).toContain('definition 1');
  });
});

it('the support seat reads its notices in the order of the table, those of sections further down as well', () => {
  const notices = ['here-among-us', 'why', 'our-words'].map((section) => ({
    documentId: definition,
    section,
  }));
  expect(keys(noticedSections(table, notices))).toEqual(['definition 1', 'definition 5', 'definition 3']);
  expect(noticedSections(table, [])).toEqual([]);
});

it("a section's own mark is found, and there is none where nothing was said", () => {
  const heard: CircleHeard = { marks: [mark('why', 'passed')], support: null, notices: [] };
  expect(markOf(heard, definition, 'why')).toBe('passed');
  expect(markOf(heard, definition, 'our-words')).toBeNull();
  expect(markOf(heard, plan, 'why')).toBeNull();
});

describe('who is heard', () => {
  const open = {
    standing: 'open' as const,
    isReopened: false,
    roundId: null,
    agreedBy: [],
    waitingFor: [],
    agreedOn: null,
    reviewOn: null,
    head: 0,
    isWritten: false,
    hasChanged: false,
    beside: null,
  };
  const standing = {
    documents: [
      {
        id: definition,
        kind: 'definition' as const,
        sections: [
          {
            ...open,
            section: 'why',
            heard: ['two', 'one', 'gone'].map((id) => ({ circleId: id as CircleId, isHeard: id === 'two' })),
          },
          { ...open, section: 'who-must-act', heard: [] },
        ],
      },
    ],
  };

  it('is each circle of the table that is asked, and nothing about it but heard or not yet', () => {
    expect(heardCircles(standing, table.circles, definition, 'why')).toEqual([
      { circle: circle('two'), isHeard: true },
      { circle: circle('one'), isHeard: false },
    ]);
  });

  it('is nobody where nobody is asked', () => {
    expect(heardCircles(standing, table.circles, definition, 'who-must-act')).toEqual([]);
    expect(heardCircles(standing, table.circles, plan, 'why')).toEqual([]);
  });
});
