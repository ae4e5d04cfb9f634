import { documentTitleId } from '@longtable/shared/documents/texts';
import type { DocumentId } from '@longtable/shared/ids';
import type { CircleSummary, Table } from '@longtable/shared/protocol/http/partnerships';
import type { Handle, MySeat } from '@longtable/shared/protocol/http/people';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import { useCallback, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { AskedAnew } from '../../features/circles/asked-anew.tsx';
import { CircleList, CIRCLES_TITLE_ID } from '../../features/circles/circle-list.tsx';
import { circleName } from '../../features/circles/circle-name.ts';
import { DocumentList } from '../../features/partnerships/document-list.tsx';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { Person } from '../../features/people/picture.tsx';
import { usePartners } from '../../features/partners/use-partners.ts';
import { glanceAt } from '../../features/rounds/glance.ts';
import { GlanceLine } from '../../features/rounds/glance-line.tsx';
import { HeardCircles } from '../../features/rounds/heard-circles.tsx';
import { heardCircles } from '../../features/rounds/heard-view.ts';
import { waitsForUs } from '../../features/rounds/round-look.ts';
import { RunningRounds, WaitingAnswers } from '../../features/rounds/running-rounds.tsx';
import { StandingBadge } from '../../features/rounds/standing-badge.tsx';
import { useRunningRounds } from '../../features/rounds/use-running-rounds.ts';
import { LOOK_AGAIN_MS, sectionStanding, useStanding } from '../../features/rounds/use-standing.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { livingSeats, useSession } from '../session.tsx';
import { SeatTools } from '../seat-tools.tsx';
import { InsideCircle } from '../inside-circle.tsx';
import { OfferWayBack } from '../offer-way-back.tsx';
import { PartnersAsking, PartnersHere } from '../partners-here.tsx';
import { RoomAtTable } from '../room-at-table.tsx';
import { FirstSeatDialog } from '../first-seat-dialog.tsx';
import { sitFirst } from '../sit-down.ts';
import { WhoFacilitates } from '../who-facilitates.tsx';
import { arrived } from './arrive-page.tsx';
import { SignedOutPage } from './not-found-page.tsx';

export function TablePage({ seat, connection }: { seat: MySeat; connection: TableConnection }) {
  const t = useText();
  const navigate = useNavigate();
  const { me, reload: reloadMe } = useSession();
  const { seatId, partnershipId, circleId } = seat;
  const [taking, setTaking] = useState<CircleSummary | null>(null);
  const {
    data: table,
    error,
    reload,
  } = useLoaded(
    useCallback(() => fetchTable(seatId, partnershipId), [seatId, partnershipId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  const standing = useStanding(seatId, partnershipId, connection);
  const partners = usePartners(seatId, partnershipId, connection);
  const rounds = useRunningRounds(seatId, standing.data, connection);
  const roundAddress = (round: RoundView, section?: number) => addresses.round(seatId, round.id, section);

  const take = useCallback(
    async (handle: Handle) => {
      if (taking === null) return;
      const taken = await sitFirst(seatId, taking.id, handle);
      await reloadMe();
      setTaking(null);
      await navigate(addresses.seat(taken.seatId), { replace: true, state: arrived });
    },
    [seatId, taking, reloadMe, navigate],
  );

  if (error === 'signedOut') return <SignedOutPage />;
  if (table === null)
    return (
      <main className="page" id="main" tabIndex={-1}>
        {error ? <Notice tone="stop">{t(`error.${error}`)}</Notice> : <Loading text={t('loading')} />}
      </main>
    );

  const problem = error ?? standing.error;
  const otherSeats = livingSeats(me).filter(
    (each) => each.partnershipId === partnershipId && each.seatId !== seatId,
  );
  // Before it goes anywhere, a circle is asked what it is called.
  const isUnnamed = table.circles.some(({ isMine, name }) => isMine && name === null);
  const room = <RoomAtTable seat={seat} table={table} onMoved={reload} />;
  return (
    <main className="page is-wide" id="main" tabIndex={-1}>
      <div className="stack is-tight">
        <h1>
          <bdi>{table.title}</bdi>
        </h1>
        <div className="seat-line">
          <Person handle={seat.handle} /> <span className="soft">{t(`seat.${seat.role}`)}</span>
          {otherSeats.map((other) => (
            <Link key={other.seatId} className="button is-quiet" to={addresses.seat(other.seatId)} replace>
              {t('table.switchSeat', { who: t(`seat.${other.role}`) })}
            </Link>
          ))}
        </div>
        {seat.role === 'facilitator' && (
          <>
            <p className="soft">{t('table.facilitatorAbout')}</p>
            <Button look="quiet" className="to-circles" onClick={goToCircles}>
              {t('table.circles')} <span aria-hidden="true">↓</span>
            </Button>
          </>
        )}
      </div>
      {problem && (
        <Notice tone="warn" isUrgent>
          {t(`error.${problem}`)}
        </Notice>
      )}
      <div className="table-columns">
        <div className="stack">
          <OfferWayBack seat={seat} />
          {!isUnnamed && room}
          <PartnersAsking seat={seat} partners={partners} />
          {circleId !== null &&
            table.circles.map((circle) => (
              <AskedAnew key={circle.id} seat={seatId} circle={circle} onChanged={reload} />
            ))}
          {circleId !== null && (
            <InsideCircle
              seat={seatId}
              circleId={circleId}
              table={table}
              connection={connection}
              answers={
                rounds?.some((round) => round.sections.some((each) => waitsForUs(round, each))) ? (
                  <WaitingAnswers rounds={rounds} table={table} addressOf={roundAddress} />
                ) : null
              }
              onChanged={reload}
            />
          )}
          {isUnnamed && room}
          {!table.circles.some(({ isSeated }) => isSeated) && (
            <Empty>
              <p>{t('table.nobodySits')}</p>
            </Empty>
          )}
          <RunningRounds rounds={rounds ?? []} table={table} addressOf={roundAddress} />
          <DocumentList
            table={table}
            showActions={(documentId) => (
              <>
                <Link className="button is-quiet" to={addresses.rounds(seatId, documentId)} replace>
                  {t('rounds.all')}
                </Link>
                {seat.role === 'facilitator' && (
                  <Link className="button" to={addresses.ask(seatId, documentId)} replace>
                    {t('ask.open')}
                  </Link>
                )}
              </>
            )}
            addressOf={(id, section) => addresses.section(seatId, id, section ?? 1)}
            showGlance={(document) =>
              standing.data && (
                <GlanceLine
                  glance={glanceAt(standing.data, table.template, document?.id)}
                  label={t(document ? documentTitleId(document.kind) : 'table.documents')}
                />
              )
            }
            showStanding={(documentId, section) =>
              standing.data && (
                <SectionGlance
                  standing={standing.data}
                  table={table}
                  documentId={documentId}
                  section={section}
                />
              )
            }
          />
        </div>
        <div className="stack">
          <CircleList
            seat={seatId}
            circles={table.circles}
            isFacilitator={seat.role === 'facilitator'}
            onChanged={reload}
            onTakeSeat={setTaking}
          />
          <WhoFacilitates seat={seat} table={table} />
          <PartnersHere seat={seat} table={table} partners={partners} />
        </div>
      </div>
      <SeatTools seat={seat} />
      {taking && <FirstSeatDialog circle={taking} onTake={take} onClose={() => setTaking(null)} />}
    </main>
  );
}

interface SectionGlanceProps {
  standing: Standing;
  table: Table;
  documentId: DocumentId;
  section: string;
}

/** Below a section's title: where it stands, and who has been heard on it. */
function SectionGlance({ standing, table, documentId, section }: SectionGlanceProps) {
  const t = useText();
  const here = sectionStanding(standing, documentId, section);
  return (
    <div className="section-glance">
      {here && <StandingBadge section={here} />}
      <HeardCircles
        circles={heardCircles(standing, table.circles, documentId, section)}
        nameOf={(circle) => circleName(t, circle)}
      />
    </div>
  );
}

/** On a phone the circles stand below all documents, and at the beginning they are what a facilitator came for. */
function goToCircles(): void {
  const title = document.getElementById(CIRCLES_TITLE_ID);
  title?.focus({ preventScroll: true });
  title?.scrollIntoView({ block: 'start' });
}
