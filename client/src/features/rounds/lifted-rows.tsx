import type { CanonicalField } from '@longtable/shared/documents/canonical';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { useText } from '../../lib/use-text.ts';
import { PinnedFields } from './pinned-words.tsx';

export interface LiftedRowsProps {
  kind: DocumentKind;
  section: Section;
  lifted: CanonicalField[];
  /** What being lifted out means here. */
  about: string;
}

/** Disputed rows that were set apart so that the rest could be agreed: in view, and never part of the words above. */
export function LiftedRows({ kind, section, lifted, about }: LiftedRowsProps) {
  const t = useText();
  if (lifted.length === 0) return null;
  return (
    <section className="lifted-rows">
      <h4>{t('row.liftedTitle')}</h4>
      <p className="soft small">{about}</p>
      <PinnedFields kind={kind} section={section} fields={lifted} />
    </section>
  );
}
