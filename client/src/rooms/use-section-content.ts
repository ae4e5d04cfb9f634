import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { readSection } from '@longtable/shared/documents/model/read-section';
import type { Section } from '@longtable/shared/documents/template';
import { useEffect, useMemo, useReducer } from 'react';
import type { RoomHandle } from './types.ts';

/** What a joint section says now, for those who only read; read again with every change. */
export function useSectionContent(doc: RoomHandle['doc'], section: Section): CanonicalSection {
  const [version, count] = useReducer((seen: number) => seen + 1, 0);
  useEffect(() => {
    const onUpdate = () => count();
    doc.on('update', onUpdate);
    count();
    return () => doc.off('update', onUpdate);
  }, [doc]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `version` stands for what is inside `doc`
  return useMemo(() => readSection(doc, section, 'partnership'), [doc, section, version]);
}
