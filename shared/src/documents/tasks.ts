import type { DocumentKind } from './template.ts';

/** Rows that say who does what by when, and the columns of them that say it. */
export interface TaskSource {
  section: string;
  field: string;
  columns: readonly string[];
  /** The column that takes the most room. */
  what: string;
  /** The column by which the rows are put in order of days; those without a day come last. */
  by: string | null;
}

const SOURCES: Record<DocumentKind, readonly TaskSource[]> = {
  plan: [
    {
      section: 'what-we-will-do',
      field: 'activities',
      columns: ['activity', 'lead-circle', 'partner', 'start', 'end'],
      what: 'activity',
      by: 'end',
    },
    {
      section: 'when-we-stop',
      field: 'reviews',
      columns: ['review-date', 'looks-at'],
      what: 'looks-at',
      by: 'review-date',
    },
  ],
  agreement: [
    {
      section: 'saying-no',
      field: 'promises',
      columns: ['organisation', 'promise', 'signed', 'signed-on'],
      what: 'promise',
      by: null,
    },
    {
      section: 'funder-conditions',
      field: 'conditions',
      columns: ['clause', 'response', 'owner', 'due'],
      what: 'clause',
      by: 'due',
    },
    {
      section: 'mistakes-and-review',
      field: 'learning-log',
      columns: ['changed', 'how-we-will-know', 'next-look'],
      what: 'changed',
      by: 'next-look',
    },
    {
      section: 'mistakes-and-review',
      field: 'reviews',
      columns: ['review-date', 'looks-at'],
      what: 'looks-at',
      by: 'review-date',
    },
  ],
  definition: [],
};

export const taskSourcesOf = (kind: DocumentKind): readonly TaskSource[] => SOURCES[kind];

/** Whether a document of this kind has a page of who does what by when. */
export const hasTasks = (kind: DocumentKind): boolean => SOURCES[kind].length > 0;
