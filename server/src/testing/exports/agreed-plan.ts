import { randomUUID } from 'node:crypto';
import type { CanonicalField } from '@longtable/shared/documents/canonical';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { CircleId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { ExportPart } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { buildExportDocument } from '../../features/exports/build-document.ts';
import type { CircleRecord, SectionAgreement, SectionRecord } from '../../features/rounds/record.service.ts';
import { block, openRecord, type Written } from './sample.ts';

const circleId = () => CircleId.parse(randomUUID());
export const [RIVER, SECOND, SHORE] = [circleId(), circleId(), circleId()] as const;
const circles = [
  { id: RIVER, number: 1, name: 'River' },
  { id: SECOND, number: 2, name: null },
  { id: SHORE, number: 3, name: 'Shore' },
];

/** What Shore shared, as a quote names it. */
const SHARED = 'c0ffee00-0000-4000-8000-000000000000';
const quoted = new Map([[SHARED, SHORE]]);

export const HASH = 'fa08ead0c4927a68b0f7a7773dd4026c07ab90c883e74e1e6f4b923b61edcb37';

const activities = (rows: Record<string, string>[]): CanonicalField[] => [
  { key: 'activities', kind: 'rows', rows },
];
const cook = { activity: 'Cook together', 'lead-circle': 'River', end: '2027-03-01' };
const meet = {
  activity: 'Meet the landlords',
  'lead-circle': 'Shore',
  start: '2026-12-01',
  end: '2026-12-20',
};
const paint = { activity: 'Paint the wall', partner: 'The school' };

const agrees = (id: CircleId, more: Partial<CircleRecord> = {}): CircleRecord => ({
  circleId: id,
  answer: 'agrees',
  on: null,
  rule: null,
  ...more,
});

const agreement = (
  section: string,
  { blocks = [], fields = [] }: Written,
  more: Partial<SectionAgreement> = {},
): SectionAgreement => ({
  standing: 'agreed',
  content: { v: 1, section, blocks, fields },
  hasChanged: false,
  hash: HASH,
  agreedOn: '2026-11-21',
  reviewOn: '2027-05-21',
  circles: [agrees(RIVER, { rule: 'allAgree' }), agrees(SECOND), agrees(SHORE, { on: '2026-12-03' })],
  dissent: [],
  ...more,
});

const outcomes: Written = { blocks: [block('People choose for themselves.')] };
const links: Written = {
  blocks: [
    block('When rent is fair, nobody is cornered.'),
    block('Rent decides for us.', 'quote', { cites: SHARED }),
    block('So do papers.', 'quote', { cites: SHARED }),
    block('Taken back since.', 'quote', { cites: SHARED.replace('c0', 'c1') }),
  ],
};
const options: Written = { blocks: [block('We thought of a hotline.')] };

/** One section of each standing, in the plan of three circles of which one has no name. */
const records: Record<string, SectionRecord> = {
  'what-will-be-different': {
    ...openRecord('what-will-be-different', outcomes),
    agreement: agreement('what-will-be-different', outcomes, {
      dissent: [
        { circleId: RIVER, position: 'concern', reason: 'It takes long.' },
        { circleId: null, position: 'concern', reason: 'Who pays for the evenings?' },
      ],
    }),
  },
  'how-it-gets-there': {
    ...openRecord('how-it-gets-there', links),
    agreement: agreement('how-it-gets-there', links, {
      standing: 'waiting',
      agreedOn: null,
      reviewOn: null,
      circles: [
        agrees(RIVER),
        { circleId: SECOND, answer: 'waiting', on: null, rule: null },
        { circleId: SHORE, answer: 'withdrew', on: '2026-12-05', rule: null },
      ],
    }),
  },
  'what-we-will-do': {
    ...openRecord('what-we-will-do', {
      blocks: [block('Later', 'heading', { level: 1 }), block('We start with food, and with paint.')],
      fields: activities([meet, cook, paint]),
    }),
    lifted: activities([{ activity: 'Talk to the police', 'lead-circle': 'Nobody yet' }]),
    agreement: agreement(
      'what-we-will-do',
      { blocks: [block('We start with food.')], fields: activities([cook, meet]) },
      { hasChanged: true },
    ),
  },
  'what-else': {
    ...openRecord('what-else', options),
    earlierDissent: [{ circleId: SHORE, position: 'objection', reason: 'A hotline calls the police.' }],
  },
  'could-this-hurt': {
    ...openRecord('could-this-hurt', { blocks: [block('Somebody could be seen.')] }),
    isInRound: true,
  },
};

export const agreedRecords = (): SectionRecord[] =>
  templateFor('plan').sections.map(({ key }) => records[key] ?? openRecord(key, {}));

export const agreedPlan = async (locale: Locale = 'en', part: ExportPart = 'document') =>
  buildExportDocument(
    {
      kind: 'plan',
      part,
      title: 'The table by the river',
      circles,
      records: agreedRecords(),
      quoted,
    },
    await loadMessages(locale),
    locale,
  );
