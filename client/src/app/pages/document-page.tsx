import { documentTitleId } from '@longtable/shared/documents/texts';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { Section } from '@longtable/shared/documents/template';
import { DocumentId } from '@longtable/shared/ids';
import type { DocumentOutline } from '@longtable/shared/protocol/http/documents';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import type { DocumentWords } from '@longtable/shared/protocol/http/words';
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { fetchOutline } from '../../features/documents/documents-api.ts';
import { ExportDialog } from '../../features/documents/export-dialog.tsx';
import { Outline } from '../../features/documents/outline.tsx';
import type { RoomsInUse } from '../../features/documents/rooms-in-use.ts';
import { SavedBadge } from '../../features/documents/saved-badge.tsx';
import { SectionPager } from '../../features/documents/section-pager.tsx';
import { type SectionTab, SectionView } from '../../features/documents/section-view.tsx';
import { useUnsavedRooms } from '../../features/documents/use-room-handle.ts';
import type { PrivateBoxes } from '../../features/documents/private-boxes.ts';
import { HEARD_PANEL_ID } from '../../features/rounds/heard-panel.tsx';
import { SectionBanner } from '../../features/rounds/section-banner.tsx';
import { StandingBadge } from '../../features/rounds/standing-badge.tsx';
import { sectionStanding, useStanding } from '../../features/rounds/use-standing.ts';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { useWhoShared } from '../../features/words/use-who-shared.ts';
import { RequestError } from '../../lib/http.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useMedia, WIDE } from '../../lib/use-media.ts';
import { useText } from '../../lib/use-text.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { HeardHere } from '../heard-here.tsx';
import { NotesHere } from '../notes-here.tsx';
import { getLocale } from '../locale-store.ts';
import { RoomHere } from '../room-here.tsx';
import { OwnWordsHere } from '../own-words-here.tsx';
import { labelOfQuote } from '../sharing-circles.ts';
import { useCircleNames } from '../use-circle-names.ts';
import { NotFoundPage, SignedOutPage } from './not-found-page.tsx';

export interface DocumentPageProps {
  seat: MySeat;
  rooms: RoomsInUse;
  boxes: PrivateBoxes;
  connection: TableConnection;
}

export function DocumentPage({ seat, rooms, boxes, connection }: DocumentPageProps) {
  const t = useText();
  const params = useParams();
  const parsed = DocumentId.safeParse(params['documentId']);
  const documentId = parsed.success ? parsed.data : null;
  const { data, error, reload } = useLoaded(
    useCallback(async () => {
      if (documentId === null) throw new RequestError('notFound');
      const [table, outline] = await Promise.all([
        fetchTable(seat.seatId, seat.partnershipId),
        fetchOutline(seat.seatId, documentId),
      ]);
      return { table, outline };
    }, [seat.seatId, seat.partnershipId, documentId]),
  );

  const shared = useWhoShared(seat.seatId, documentId, connection);

  if (error === 'signedOut') return <SignedOutPage />;
  if (data === null || data.outline.id !== documentId || (shared.data === null && shared.error === null)) {
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
  const section = templateFor(data.outline.kind).sections.find(
    (each) => String(each.number) === params['section'],
  );
  if (section === undefined) return <NotFoundPage />;
  const words = shared.data?.documentId === documentId ? shared.data : null;
  return (
    <OpenDocument
      {...data}
      seat={seat}
      rooms={rooms}
      boxes={boxes}
      connection={connection}
      section={section}
      words={words?.sections.find((each) => each.section === section.key)}
      reloadWords={shared.reload}
    />
  );
}

interface OpenDocumentProps extends DocumentPageProps {
  /** Which circles have shared their own words here; absent while that could not be asked. */
  words: DocumentWords['sections'][number] | undefined;
  reloadWords: () => Promise<void>;
  table: Table;
  outline: DocumentOutline;
  section: Section;
}

function OpenDocument(props: OpenDocumentProps) {
  const { seat, rooms, boxes, connection, table, outline, section, words, reloadWords } = props;
  const t = useText();
  const isWide = useMedia(WIDE);
  const [isExporting, setExporting] = useState(false);
  /** What each section showed last on a phone, for coming back to it. */
  const [shownTabs] = useState(() => new Map<string, SectionTab>());
  const unsavedRooms = useUnsavedRooms(rooms);
  const { data: standing, error: standingError } = useStanding(seat.seatId, seat.partnershipId, connection);
  const nameOf = useCircleNames(table);
  const { kind } = outline;
  const { sections } = templateFor(kind);

  const unsaved = useMemo(
    () =>
      new Set(
        outline.sections
          .filter(
            ({ rooms: { partnership, circle } }) =>
              unsavedRooms.has(partnership) || (circle !== null && unsavedRooms.has(circle)),
          )
          .map(({ key }) => key),
      ),
    [outline, unsavedRooms],
  );

  const labelOf = useMemo(() => labelOfQuote(t, table, words), [t, table, words]);
  const hasUnsavedElsewhere = [...unsaved].some((key) => key !== section.key);
  const addressOf = (to: Section) => addresses.section(seat.seatId, outline.id, to.number);
  const here = standing && sectionStanding(standing, outline.id, section.key);
  // Own words first, until the circle has shared them or passed, or the words are before the circles.
  // Which text a phone shows first is decided once: not before it is known whether the words are before the circles.
  const isDecided = standing !== null || standingError !== null;
  const isOwnFirst = words?.own === null && (here?.standing ?? 'open') === 'open';
  const rememberTab = useCallback(
    (tab: SectionTab) => void shownTabs.set(section.key, tab),
    [shownTabs, section.key],
  );
  const place = outline.sections.find(({ key }) => key === section.key);
  const exportButton = <Button onClick={() => setExporting(true)}>{t('export.open')}</Button>;
  const list = (
    <Outline
      kind={kind}
      template={table.template}
      sections={sections}
      current={section}
      addressOf={addressOf}
      unsaved={unsaved}
      showStanding={(key) => {
        const here = standing && sectionStanding(standing, outline.id, key);
        return here && here.standing !== 'open' && <StandingBadge section={here} />;
      }}
    />
  );

  return (
    <main className="document" id="main" tabIndex={-1}>
      <div className="document-head">
        <div className="document-title">
          <Link className={buttonClass('quiet')} to={addresses.seat(seat.seatId)} replace>
            <span aria-hidden="true" className="turns">
              ←
            </span>{' '}
            {t('writing.toTable')}
          </Link>
          <h1>{t(documentTitleId(kind))}</h1>
        </div>
        <div className="button-row">
          <Link className={buttonClass('quiet')} to={addresses.rounds(seat.seatId, outline.id)} replace>
            {t('rounds.all')}
          </Link>
          {seat.role === 'facilitator' && (
            <Link className={buttonClass()} to={addresses.ask(seat.seatId, outline.id)} replace>
              {t('ask.open')}
            </Link>
          )}
          {isWide && exportButton}
        </div>
      </div>
      <RoomHere seat={seat} connection={connection} documentId={outline.id} section={section} />
      <div className="document-body">
        {isWide ? (
          list
        ) : (
          <details className="outline-fold" key={section.key}>
            <summary>
              {t('section.ofAll', { number: section.number, total: sections.length })}{' '}
              {hasUnsavedElsewhere && <SavedBadge saved="device" />}
            </summary>
            {list}
          </details>
        )}
        {place && !isDecided ? (
          <Loading text={t('loading')} />
        ) : place ? (
          <SectionView
            key={section.key}
            rooms={rooms}
            kind={kind}
            section={section}
            together={place.rooms.partnership}
            ownCircle={place.rooms.circle}
            isWide={isWide}
            banner={
              here?.roundId && (
                <SectionBanner
                  seat={seat.seatId}
                  documentId={outline.id}
                  kind={kind}
                  section={section}
                  standing={here}
                  addressOfRound={(round) => addresses.round(seat.seatId, round, section.number)}
                  nameOf={nameOf}
                />
              )
            }
            notes={
              <NotesHere
                seat={seat}
                table={table}
                connection={connection}
                roundId={here?.roundId ?? null}
                documentId={outline.id}
                section={section.key}
              />
            }
            boxes={boxes}
            place={`${outline.id}/${section.key}`}
            startsWith={shownTabs.get(section.key) ?? (isOwnFirst ? 'circle' : 'together')}
            isOwnFirst={isOwnFirst}
            onTab={rememberTab}
            isTogetherOpen={here?.standing !== 'inRound' || here.isReopened}
            labelOf={labelOf}
            ownWords={
              words &&
              seat.circleId !== null &&
              place.rooms.circle !== null && (
                <OwnWordsHere
                  seat={seat.seatId}
                  circleId={seat.circleId}
                  table={table}
                  documentId={outline.id}
                  section={section}
                  words={words}
                  rooms={rooms}
                  ownCircle={place.rooms.circle}
                  reload={reloadWords}
                />
              )
            }
            heard={
              section.isStarred && seat.circleId !== null
                ? {
                    panelId: HEARD_PANEL_ID,
                    panel: (
                      <HeardHere
                        seat={seat.seatId}
                        circleId={seat.circleId}
                        documentId={outline.id}
                        section={section}
                      />
                    ),
                  }
                : null
            }
          />
        ) : (
          <Notice tone="stop">{t('error.notFound')}</Notice>
        )}
      </div>
      <SectionPager kind={kind} sections={sections} current={section} addressOf={addressOf} />
      {!isWide && exportButton}
      <ExportDialog
        seat={seat.seatId}
        documentId={outline.id}
        kind={kind}
        locale={getLocale().locale}
        hasUnsaved={unsaved.size > 0}
        isOpen={isExporting}
        onClose={() => setExporting(false)}
      />
    </main>
  );
}
