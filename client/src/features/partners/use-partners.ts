import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import type { PartnerList } from '@longtable/shared/protocol/http/partners';
import { useCallback } from 'react';
import { type Loaded, useLoaded } from '../../lib/use-loaded.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { fetchPartners } from './partners-api.ts';

/** The socket tells at once; this is for the message that got lost. */
const LOOK_AGAIN_MS = 30_000;

export function usePartners(
  seat: SeatId,
  partnership: PartnershipId,
  connection: TableConnection,
): Loaded<PartnerList> {
  const partners = useLoaded(
    useCallback(() => fetchPartners(seat, partnership), [seat, partnership]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, partners.reload);
  return partners;
}
