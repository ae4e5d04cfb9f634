import type { DocumentKind, Field, Section } from '@longtable/shared/documents/template';
import type { RoomHandle } from '../../../rooms/types.ts';

export interface FieldViewProps<Kind extends Field = Field> {
  doc: RoomHandle['doc'];
  kind: DocumentKind;
  section: Section;
  field: Kind;
  canWrite: boolean;
}
