import type { DocumentId, SeatId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { useMemo } from 'react';
import { useWhoShared } from '../features/words/use-who-shared.ts';
import type { LabelOf } from '../lib/quote-labels.ts';
import { useText } from '../lib/use-text.ts';
import type { TableConnection } from '../rooms/types.ts';
import { labelOfQuote } from './sharing-circles.ts';

interface QuotesOn {
  seat: SeatId;
  table: Table;
  documentId: DocumentId;
  section: string;
  connection: TableConnection;
}

/** Whose words the quotes of a section are, where it is read and not written. */
export function useQuoteLabels({ seat, table, documentId, section, connection }: QuotesOn): LabelOf {
  const t = useText();
  const { data } = useWhoShared(seat, documentId, connection);
  const words =
    data?.documentId === documentId ? data.sections.find((each) => each.section === section) : undefined;
  return useMemo(() => labelOfQuote(t, table, words), [t, table, words]);
}
