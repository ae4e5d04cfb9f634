import type { CircleId, DocumentId, SeatId } from '@longtable/shared/ids';
import {
  CircleQuotes,
  DocumentWords,
  type SayWords,
  SectionWords,
} from '@longtable/shared/protocol/http/words';
import { request, send } from '../../lib/http.ts';

export const fetchWhoShared = (seat: SeatId, documentId: DocumentId) =>
  request(DocumentWords, `/api/documents/${documentId}/words`, { seat });

export const fetchWords = (seat: SeatId, documentId: DocumentId, section: string) =>
  request(SectionWords, `/api/documents/${documentId}/sections/${section}/words`, { seat });

export const fetchQuotes = (seat: SeatId, circleId: CircleId) =>
  request(CircleQuotes, `/api/circles/${circleId}/quotes`, { seat });

export const sayWords = async (seat: SeatId, circleId: CircleId, body: SayWords) => {
  await send(`/api/circles/${circleId}/words`, { method: 'POST', body, seat });
};
