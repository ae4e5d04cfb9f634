import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { RoundId } from '@longtable/shared/ids';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback } from 'react';
import { Navigate, useParams } from 'react-router';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { fetchStanding } from '../../features/rounds/heard-api.ts';
import { firstSection } from '../../features/rounds/round-look.ts';
import { fetchRound } from '../../features/rounds/rounds-api.ts';
import { LOOK_AGAIN_MS } from '../../features/rounds/use-standing.ts';
import { RequestError } from '../../lib/http.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { OpenRound } from '../open-round.tsx';
import { NotFoundPage, SignedOutPage } from './not-found-page.tsx';

export function RoundPage({ seat, connection }: { seat: MySeat; connection: TableConnection }) {
  const t = useText();
  const params = useParams();
  const parsed = RoundId.safeParse(params['roundId']);
  const roundId = parsed.success ? parsed.data : null;
  const { seatId, partnershipId } = seat;
  const { data, error, reload } = useLoaded(
    useCallback(async () => {
      if (roundId === null) throw new RequestError('notFound');
      const [table, round, standing] = await Promise.all([
        fetchTable(seatId, partnershipId),
        fetchRound(seatId, roundId),
        fetchStanding(seatId, partnershipId),
      ]);
      return { table, round, standing };
    }, [seatId, partnershipId, roundId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);

  if (error === 'signedOut') return <SignedOutPage />;
  if (data === null || data.round.id !== roundId) {
    if (error === 'notFound') return <NotFoundPage />;
    return (
      <main className="page" id="main" tabIndex={-1}>
        {error ? (
          <Notice tone="warn" isUrgent>
            <p>{t(`error.${error}`)}</p>
            <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
          </Notice>
        ) : (
          <Loading text={t('loading')} />
        )}
      </main>
    );
  }
  const document = data.table.documents.find(({ id }) => id === data.round.documentId);
  const first = firstSection(data.round);
  if (document === undefined || first === undefined) return <NotFoundPage />;
  const templates = data.round.sections.map(({ section }) => sectionOf(document.kind, section));
  const template = templates.find(({ number }) => String(number) === params['section']);
  if (template === undefined) {
    const { number } = sectionOf(document.kind, first.section);
    return <Navigate to={addresses.round(seatId, roundId, number)} replace />;
  }
  return (
    <OpenRound
      {...data}
      seat={seat}
      connection={connection}
      document={document}
      template={template}
      error={error}
      reload={reload}
    />
  );
}
