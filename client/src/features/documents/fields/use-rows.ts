import { rowsField } from '@longtable/shared/documents/model/keys';
import { readRows, type Row, type RowsField } from '@longtable/shared/documents/model/rows';
import { useEffect, useMemo, useReducer } from 'react';
import type { RoomHandle } from '../../../rooms/types.ts';

/** The rows of a field. Typing inside a cell concerns only its own textarea, so it changes nothing here. */
export function useRows(doc: RoomHandle['doc'], field: RowsField): Row[] {
  const [version, count] = useReducer((seen: number) => seen + 1, 0);
  useEffect(() => {
    const rows = rowsField(doc, field.key);
    const onChange = (events: { path: (string | number)[] }[]) => {
      if (events.some(({ path }) => path.length < 2)) count();
    };
    rows.observeDeep(onChange);
    count();
    return () => rows.unobserveDeep(onChange);
  }, [doc, field.key]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `version` stands for what is inside `doc`
  return useMemo(() => readRows(doc, field), [doc, field, version]);
}
