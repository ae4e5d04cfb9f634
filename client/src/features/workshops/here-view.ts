import { laidSections } from '@longtable/shared/documents/templates/partnership-templates';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import type { DocumentId } from '@longtable/shared/ids';
import type { Place } from '@longtable/shared/protocol/http/here';
import type { Table } from '@longtable/shared/protocol/http/partnerships';

/** A section that the room may be at, and the document of this table that it is in. */
export interface RoomPlace {
  documentId: DocumentId;
  kind: DocumentKind;
  section: Section;
}

type Laid = Pick<Table, 'template' | 'documents'>;

/** Undefined only where this page is older than the server's templates. */
export function roomPlace({ documents }: Pick<Table, 'documents'>, at: Place): RoomPlace | undefined {
  const document = documents.find(({ id }) => id === at.documentId);
  const section = document && templateFor(document.kind).sections.find(({ key }) => key === at.section);
  return document && section && { documentId: document.id, kind: document.kind, section };
}

export const isSamePlace = (a: Place, b: Place): boolean =>
  a.documentId === b.documentId && a.section === b.section;

/** Where the room can go, in the order of the table; `isFirst` for what lies on it from the beginning. */
export function placesToGo({ template, documents }: Laid): (RoomPlace & { isFirst: boolean })[] {
  return laidSections(template).flatMap(({ kind, section, isFirst }) => {
    const document = documents.find((each) => each.kind === kind);
    return document ? [{ documentId: document.id, kind, section, isFirst }] : [];
  });
}
