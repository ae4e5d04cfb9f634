import { documentTitleId } from '@longtable/shared/documents/texts';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { DocumentId } from '@longtable/shared/ids';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import type { OpenRound } from '@longtable/shared/protocol/http/rounds';
import { useCallback } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { circleName } from '../../features/circles/circle-name.ts';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { AskForm } from '../../features/rounds/ask-form.tsx';
import { fetchStanding } from '../../features/rounds/heard-api.ts';
import { HeardCircles } from '../../features/rounds/heard-circles.tsx';
import { heardCircles } from '../../features/rounds/heard-view.ts';
import { fetchRounds, openRound } from '../../features/rounds/rounds-api.ts';
import { LOOK_AGAIN_MS } from '../../features/rounds/use-standing.ts';
import { RequestError } from '../../lib/http.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useNames } from '../../lib/use-names.ts';
import { useText } from '../../lib/use-text.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { useCircleNames } from '../use-circle-names.ts';
import { NotFoundPage, SignedOutPage } from './not-found-page.tsx';

/** A facilitator puts sections of one document before the circles. */
export function AskPage({ seat, connection }: { seat: MySeat; connection: TableConnection }) {
  const t = useText();
  const names = useNames();
  const navigate = useNavigate();
  const parsed = DocumentId.safeParse(useParams()['documentId']);
  const documentId = parsed.success && seat.role === 'facilitator' ? parsed.data : null;
  const { seatId, partnershipId } = seat;
  const { data, error, reload } = useLoaded(
    useCallback(async () => {
      if (documentId === null) throw new RequestError('notFound');
      const [table, standing, { rounds }] = await Promise.all([
        fetchTable(seatId, partnershipId),
        fetchStanding(seatId, partnershipId),
        fetchRounds(seatId, documentId),
      ]);
      return { table, standing, rounds };
    }, [seatId, partnershipId, documentId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  const nameOf = useCircleNames(data?.table ?? { circles: [] });
  const ask = useCallback(
    async (round: OpenRound) => {
      if (documentId === null) return;
      const id = await openRound(seatId, documentId, round);
      await navigate(addresses.round(seatId, id), { replace: true });
    },
    [seatId, documentId, navigate],
  );

  if (error === 'signedOut') return <SignedOutPage />;
  if (documentId === null || (data === null && error === 'notFound')) return <NotFoundPage />;
  const document = data?.table.documents.find(({ id }) => id === documentId);
  const here = data?.standing.documents.find(({ id }) => id === documentId);
  const seated = data?.table.circles.filter(({ isSeated }) => isSeated) ?? [];
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
        {document && <p className="soft">{t(documentTitleId(document.kind))}</p>}
        <h1>{t('ask.title')}</h1>
      </div>
      {error && (
        <Notice tone="warn" isUrgent>
          <p>{t(`error.${error}`)}</p>
          <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
        </Notice>
      )}
      {data && document && here ? (
        seated.length === 0 ? (
          <Empty>
            <p>{t('ask.nobody')}</p>
          </Empty>
        ) : (
          <>
            <p>{t('ask.about')}</p>
            <p>{t('ask.who', { circles: names(seated.map((circle) => circleName(t, circle))) })}</p>
            <AskForm
              kind={document.kind}
              sections={templateFor(document.kind).sections}
              standing={here.sections}
              taken={
                new Set(
                  data.rounds.flatMap(({ sections }) =>
                    sections.flatMap(({ section, isFree }) => (isFree ? [] : section)),
                  ),
                )
              }
              nameOf={nameOf}
              showHeard={(section) => (
                <HeardCircles
                  circles={heardCircles(data.standing, data.table.circles, documentId, section)}
                  nameOf={(circle) => circleName(t, circle)}
                />
              )}
              onAsk={ask}
            />
          </>
        )
      ) : (
        error === null && <Loading text={t('loading')} />
      )}
    </main>
  );
}
