import type { CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { readLifted, readSection } from '@longtable/shared/documents/model/read-section';
import type { Section } from '@longtable/shared/documents/template';
import { useEffect, useMemo, useReducer } from 'react';
import type { RoomHandle } from './types.ts';

export interface SectionContent {
  content: CanonicalSection;
  /** Rows that were set apart as still open. */
  lifted: CanonicalField[];
}

/** What a joint section says now, for those who only read; read again with every change. */
export function useSectionContent(doc: RoomHandle['doc'], section: Section): SectionContent {
  const [version, count] = useReducer((seen: number) => seen + 1, 0);
  useEffect(() => {
    const onUpdate = () => count();
    doc.on('update', onUpdate);
    count();
    return () => doc.off('update', onUpdate);
  }, [doc]);
  return useMemo(
    () => ({
      content: readSection(doc, section, 'partnership'),
      lifted: readLifted(doc, section, 'partnership'),
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `version` stands for what is inside `doc`
    [doc, section, version],
  );
}
