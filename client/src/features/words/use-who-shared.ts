import type { DocumentId, SeatId } from '@longtable/shared/ids';
import type { DocumentWords } from '@longtable/shared/protocol/http/words';
import { useCallback } from 'react';
import { RequestError } from '../../lib/http.ts';
import { type Loaded, useLoaded } from '../../lib/use-loaded.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { fetchWhoShared } from './words-api.ts';

/** The socket tells at once; this is for the message that got lost. */
const LOOK_AGAIN_MS = 20_000;

/** Which circles have shared their own words on the sections of a document, kept up to date. */
export function useWhoShared(
  seat: SeatId,
  documentId: DocumentId | null,
  connection: TableConnection,
): Loaded<DocumentWords & { documentId: DocumentId }> {
  const shared = useLoaded(
    useCallback(async () => {
      if (documentId === null) throw new RequestError('notFound');
      return { documentId, ...(await fetchWhoShared(seat, documentId)) };
    }, [seat, documentId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, shared.reload);
  return shared;
}
