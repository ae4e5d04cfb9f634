import { laidSections } from '@longtable/shared/documents/templates/partnership-templates';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import type { DocumentId } from '@longtable/shared/ids';
import type { CircleHeard, HeardMark } from '@longtable/shared/protocol/http/heard';
import type { CircleSummary, Table } from '@longtable/shared/protocol/http/partnerships';
import type { Standing } from '@longtable/shared/protocol/http/standing';

/** A section, and the document on this table that it belongs to. */
export interface SectionPlace {
  documentId: DocumentId;
  kind: DocumentKind;
  section: Section;
}

type Laid = Pick<Table, 'template' | 'documents'>;
type Place = CircleHeard['notices'][number];

/** Every starred section: what lies on the table at first goes before what is one touch away. */
function starredSections({ template, documents }: Laid): (SectionPlace & { isFirst: boolean })[] {
  const starred = laidSections(template).flatMap(({ kind, section, isFirst }) => {
    const document = documents.find((each) => each.kind === kind);
    return document && section.isStarred ? [{ documentId: document.id, kind, section, isFirst }] : [];
  });
  return [...starred.filter(({ isFirst }) => isFirst), ...starred.filter(({ isFirst }) => !isFirst)];
}

const isAt =
  ({ documentId, section }: SectionPlace) =>
  (marked: Place) =>
    marked.documentId === documentId && marked.section === section.key;

/**
 * What a circle is asked about and has not answered: sections of the template that the partnership began with, so
 * that one evening is not asked for all of them. "Not safe" is an answer: nobody is asked for it again.
 */
export const waitingSections = (table: Laid, marks: CircleHeard['marks']): SectionPlace[] =>
  starredSections(table).filter((place) => place.isFirst && !marks.some(isAt(place)));

/** Where the circle said that it is not safe, in the order of the table. */
export const noticedSections = (table: Laid, notices: CircleHeard['notices']): SectionPlace[] =>
  starredSections(table).filter((place) => notices.some(isAt(place)));

export const markOf = (heard: CircleHeard, documentId: DocumentId, section: string): HeardMark | null =>
  heard.marks.find((each) => each.documentId === documentId && each.section === section)?.mark ?? null;

export interface HeardCircle {
  circle: CircleSummary;
  isHeard: boolean;
}

/** The circles that are asked on a section, in the order of the table; none where it has no star. */
export function heardCircles(
  standing: Standing,
  circles: readonly CircleSummary[],
  documentId: DocumentId,
  section: string,
): HeardCircle[] {
  const heard =
    standing.documents.find(({ id }) => id === documentId)?.sections.find((each) => each.section === section)
      ?.heard ?? [];
  return heard.flatMap(({ circleId, isHeard }) => {
    const circle = circles.find(({ id }) => id === circleId);
    return circle === undefined ? [] : [{ circle, isHeard }];
  });
}
