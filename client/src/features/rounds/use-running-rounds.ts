import type { RoundId, SeatId } from '@longtable/shared/ids';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import { useCallback } from 'react';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { roundIds } from './round-look.ts';
import { fetchRound } from './rounds-api.ts';
import { LOOK_AGAIN_MS } from './use-standing.ts';

/** Rounds in which something is still to be said, as this seat may see them; null until they are known. */
export function useRunningRounds(
  seat: SeatId,
  standing: Standing | null,
  connection: TableConnection,
): readonly RoundView[] | null {
  const ids = standing && roundIds(standing).join(' ');
  const { data, reload } = useLoaded(
    useCallback(
      async () =>
        ids === null || ids === ''
          ? []
          : Promise.all(ids.split(' ').map((id) => fetchRound(seat, id as RoundId))),
      [seat, ids],
    ),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  return ids === null ? null : data;
}
