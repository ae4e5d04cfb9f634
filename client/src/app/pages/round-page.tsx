import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { type CircleId, RoundId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import type { Phase } from '@longtable/shared/rounds/round';
import { useCallback } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { AskOnce } from '../../features/rounds/ask-once.tsx';
import { fetchStanding } from '../../features/rounds/heard-api.ts';
import { PhaseSteps } from '../../features/rounds/phase-steps.tsx';
import { firstSection, waitsForUs } from '../../features/rounds/round-look.ts';
import { RoundSection } from '../../features/rounds/round-section.tsx';
import { RoundStatusBadge } from '../../features/rounds/round-status-badge.tsx';
import { closeRound, fetchRound, moveRound } from '../../features/rounds/rounds-api.ts';
import { RuleChoice } from '../../features/rounds/rule-choice.tsx';
import { LOOK_AGAIN_MS, sectionStanding } from '../../features/rounds/use-standing.ts';
import { RequestError } from '../../lib/http.ts';
import { useAction } from '../../lib/use-action.ts';
import { useDay } from '../../lib/use-day.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { HeardInRound } from '../heard-in-round.tsx';
import { NotesHere } from '../notes-here.tsx';
import { useCircleNames } from '../use-circle-names.ts';
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

interface OpenRoundProps {
  seat: MySeat;
  connection: TableConnection;
  table: Table;
  round: RoundView;
  standing: Standing;
  document: Table['documents'][number];
  template: ReturnType<typeof sectionOf>;
  error: string | null;
  reload: () => Promise<void>;
}

function OpenRound({
  seat,
  connection,
  table,
  round,
  standing,
  document,
  template,
  error,
  reload,
}: OpenRoundProps) {
  const t = useText();
  const day = useDay();
  const { seatId, circleId } = seat;
  const isFacilitator = seat.role === 'facilitator';
  const nameOf = useCircleNames(table);
  const section = round.sections.find((each) => each.section === template.key)!;
  const moving = useAction(
    useCallback(
      async (phase: Phase) => {
        await moveRound(seatId, round.id, phase);
        await reload();
      },
      [seatId, round.id, reload],
    ),
  );
  const end = useCallback(async () => {
    await closeRound(seatId, round.id);
    await reload();
  }, [seatId, round.id, reload]);
  const isHeard = (circle: CircleId) =>
    sectionStanding(standing, document.id, template.key)?.heard.find((each) => each.circleId === circle)
      ?.isHeard ?? false;
  const next = round.sections[round.sections.indexOf(section) + 1];

  return (
    <main className="page is-wide" id="main" tabIndex={-1}>
      <div className="stack is-tight">
        <div>
          <Link className={buttonClass('quiet')} to={addresses.seat(seatId)} replace>
            <span aria-hidden="true" className="turns">
              ←
            </span>{' '}
            {t('writing.toTable')}
          </Link>
        </div>
        <h1>{t('round.of', { document: t(documentTitleId(document.kind)) })}</h1>
        <p className="soft small">{t('round.openedOn', { day: day(round.openedOn) })}</p>
      </div>
      {error && (
        <Notice tone="warn" isUrgent>
          {t(`error.${error}`)}
        </Notice>
      )}
      {round.isClosed ? (
        <Notice>
          <p>
            <strong>{t('round.isOver')}</strong>
          </p>
          <p>{t('round.isOverAbout')}</p>
        </Notice>
      ) : (
        <PhaseSteps phase={round.phase} moving={isFacilitator ? moving : null} />
      )}
      <div className="round-columns">
        <nav className="stack is-tight" aria-label={t('round.sections')}>
          <h2>{t('round.sections')}</h2>
          <ul className="round-sections">
            {round.sections.map((each) => {
              const { key, number } = sectionOf(document.kind, each.section);
              return (
                <li key={key}>
                  <Link
                    to={addresses.round(seatId, round.id, number)}
                    replace
                    aria-current={each === section ? 'page' : undefined}
                  >
                    <span>{t(sectionTitleId(document.kind, key))}</span>
                    <RoundStatusBadge status={each.status} />
                    {waitsForUs(round, each) && <Badge shape="arrow">{t('round.yourTurn')}</Badge>}
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        <div className="stack">
          <RoundSection
            key={template.key}
            seat={seatId}
            isFacilitator={isFacilitator}
            round={round}
            section={section}
            kind={document.kind}
            template={template}
            nameOf={nameOf}
            sectionAddress={addresses.section(seatId, document.id, template.number)}
            heard={
              template.isStarred &&
              circleId !== null && (
                <HeardInRound
                  seat={seatId}
                  circleId={circleId}
                  documentId={document.id}
                  section={template}
                  isHeard={isHeard(circleId)}
                  onMarked={reload}
                />
              )
            }
            notes={
              <NotesHere
                seat={seat}
                table={table}
                connection={connection}
                roundId={round.id}
                section={template.key}
              />
            }
            reload={reload}
          />
          {next && (
            <div>
              <Link
                className={buttonClass()}
                to={addresses.round(seatId, round.id, sectionOf(document.kind, next.section).number)}
                replace
              >
                {t('section.nextTo', { section: t(sectionTitleId(document.kind, next.section)) })}
              </Link>
            </div>
          )}
          {circleId !== null && round.electorate.includes(circleId) && (
            <details className="fold">
              <summary>{t('rule.title')}</summary>
              <RuleChoice seat={seatId} circleId={circleId} onChosen={reload} />
            </details>
          )}
          {isFacilitator && !round.isClosed && (
            <div>
              <AskOnce label={t('facilitate.close')} title={t('facilitate.closeTitle')} onDo={end}>
                <p>{t('facilitate.closeAbout')}</p>
              </AskOnce>
            </div>
          )}
        </div>
      </div>
    </main>
  );
}
