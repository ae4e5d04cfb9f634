import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { DocumentId } from '@longtable/shared/ids';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback } from 'react';
import { Link, useParams } from 'react-router';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { RoundStatusBadge } from '../../features/rounds/round-status-badge.tsx';
import { fetchRounds } from '../../features/rounds/rounds-api.ts';
import { LOOK_AGAIN_MS } from '../../features/rounds/use-standing.ts';
import { RequestError } from '../../lib/http.ts';
import { useDay } from '../../lib/use-day.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { NotFoundPage, SignedOutPage } from './not-found-page.tsx';
import '../../features/rounds/round.css';

/** Every round that there was on a document, the newest first: what was asked and said stays readable after its end. */
export function RoundsPage({ seat, connection }: { seat: MySeat; connection: TableConnection }) {
  const t = useText();
  const day = useDay();
  const parsed = DocumentId.safeParse(useParams()['documentId']);
  const documentId = parsed.success ? parsed.data : null;
  const { seatId, partnershipId } = seat;
  const { data, error, reload } = useLoaded(
    useCallback(async () => {
      if (documentId === null) throw new RequestError('notFound');
      const [table, { rounds }] = await Promise.all([
        fetchTable(seatId, partnershipId),
        fetchRounds(seatId, documentId),
      ]);
      return { document: table.documents.find(({ id }) => id === documentId), rounds };
    }, [seatId, partnershipId, documentId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);

  if (error === 'signedOut') return <SignedOutPage />;
  if (documentId === null || (data === null && error === 'notFound')) return <NotFoundPage />;
  const document = data?.document;
  return (
    <main className="page" id="main" tabIndex={-1}>
      <div className="stack is-tight">
        <div>
          <Link className={buttonClass('quiet')} to={addresses.seat(seatId)} replace>
            <span aria-hidden="true" className="turns">
              ←
            </span>{' '}
            {t('writing.toTable')}
          </Link>
        </div>
        {document && <h1>{t('rounds.allTitle', { document: t(documentTitleId(document.kind)) })}</h1>}
        <p>{t('rounds.allAbout')}</p>
      </div>
      {error && (
        <Notice tone="warn" isUrgent>
          <p>{t(`error.${error}`)}</p>
          <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
        </Notice>
      )}
      {data === null && error === null && <Loading text={t('loading')} />}
      {data && document && data.rounds.length === 0 && (
        <Empty>
          <p>{t('rounds.noneYet')}</p>
        </Empty>
      )}
      {data && document && data.rounds.length > 0 && (
        <ol className="stack plain-list">
          {data.rounds.map((round) => (
            <li key={round.id} className="card">
              <div className="card-head">
                <h2>{t('round.openedOn', { day: day(round.openedOn) })}</h2>
                <Badge shape={round.isClosed ? 'ring' : 'circles'} tone={round.isClosed ? 'plain' : 'warn'}>
                  {t(round.isClosed ? 'rounds.isOver' : 'rounds.isRunning')}
                </Badge>
              </div>
              <ul className="round-sections">
                {round.sections.map(({ section, status, isReleased }) => {
                  const { key, number } = sectionOf(document.kind, section);
                  return (
                    <li key={key}>
                      <Link to={addresses.round(seatId, round.id, number)} replace>
                        <span>{t(sectionTitleId(document.kind, key))}</span>
                        <RoundStatusBadge status={status} isOver={round.isClosed || isReleased} />
                      </Link>
                    </li>
                  );
                })}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </main>
  );
}
