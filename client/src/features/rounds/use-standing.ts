import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import type { SectionStanding, Standing } from '@longtable/shared/protocol/http/standing';
import { useCallback } from 'react';
import { type Loaded, useLoaded } from '../../lib/use-loaded.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { fetchStanding } from './heard-api.ts';

/** The socket tells at once; this is for the message that got lost, and for words that change after they were agreed. */
export const LOOK_AGAIN_MS = 15_000;

/** Where every section of a table stands, kept up to date. */
export function useStanding(
  seat: SeatId,
  partnershipId: PartnershipId,
  connection: TableConnection,
): Loaded<Standing> {
  const standing = useLoaded(
    useCallback(() => fetchStanding(seat, partnershipId), [seat, partnershipId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, standing.reload);
  return standing;
}

export const sectionStanding = (
  standing: Standing,
  documentId: string,
  section: string,
): SectionStanding | undefined =>
  standing.documents.find(({ id }) => id === documentId)?.sections.find((each) => each.section === section);
