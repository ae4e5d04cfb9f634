import { templateFor } from '@longtable/shared/documents/templates/templates';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import { DocumentId } from '@longtable/shared/ids';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import { circleName } from '../../features/circles/circle-name.ts';
import { fetchOutline } from '../../features/documents/documents-api.ts';
import type { RoomsInUse } from '../../features/documents/rooms-in-use.ts';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { WhoShared } from '../../features/words/who-shared.tsx';
import { type CircleWords, WordsColumns } from '../../features/words/words-columns.tsx';
import { fetchWhoShared, fetchWords } from '../../features/words/words-api.ts';
import { RequestError } from '../../lib/http.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { ChooseWords } from '../choose-words.tsx';
import { sharingCircles } from '../sharing-circles.ts';
import { NotFoundPage, SignedOutPage } from './not-found-page.tsx';

/** Somebody may share, or take words back, meanwhile. */
const LOOK_AGAIN_MS = 20_000;

/** What each circle says on one section, in its own words, beside each other. */
export interface WordsPageProps {
  seat: MySeat;
  rooms: RoomsInUse;
  connection: TableConnection;
}

export function WordsPage({ seat, rooms, connection }: WordsPageProps) {
  const t = useText();
  const params = useParams();
  const parsed = DocumentId.safeParse(params['documentId']);
  const documentId = parsed.success ? parsed.data : null;
  const number = params['section'];
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const { data, error, reload } = useLoaded(
    useCallback(async () => {
      if (documentId === null) throw new RequestError('notFound');
      const outline = await fetchOutline(seat.seatId, documentId);
      const section = templateFor(outline.kind).sections.find((each) => String(each.number) === number);
      if (section === undefined) throw new RequestError('notFound');
      const [table, shared, { words }] = await Promise.all([
        fetchTable(seat.seatId, seat.partnershipId),
        fetchWhoShared(seat.seatId, documentId),
        fetchWords(seat.seatId, documentId, section.key),
      ]);
      return { outline, section, table, shared, words };
    }, [seat.seatId, seat.partnershipId, documentId, number]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);

  if (error === 'signedOut') return <SignedOutPage />;
  if (error === 'notFound') return <NotFoundPage />;
  const here = data?.shared.sections.find(({ section }) => section === data.section.key);
  if (data === null || here === undefined)
    return (
      <main className="page" id="main" tabIndex={-1}>
        {error ? <Notice tone="warn">{t(`error.${error}`)}</Notice> : <Loading text={t('loading')} />}
      </main>
    );

  const { outline, section, table } = data;
  const words = data.words.flatMap(({ wordsId, circleId, blocks }): CircleWords[] => {
    const circle = table.circles.find(({ id }) => id === circleId);
    return circle ? [{ wordsId, blocks, circle: circleName(t, circle), isOwn: circle.isMine }] : [];
  });
  words.sort((a, b) => Number(b.isOwn) - Number(a.isOwn));
  const together = outline.sections.find(({ key }) => key === section.key)?.rooms.partnership;
  const choose = (key: string, isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      if (isChosen) after.add(key);
      else after.delete(key);
      return after;
    });
  return (
    <main className="page is-wide" id="main" tabIndex={-1}>
      <div className="stack is-tight">
        <div className="button-row">
          <Link
            className={buttonClass('quiet')}
            to={addresses.section(seat.seatId, outline.id, section.number)}
            replace
          >
            <span aria-hidden="true" className="turns">
              ←
            </span>{' '}
            {t('words.backToSection')}
          </Link>
        </div>
        <h1>{t(sectionTitleId(outline.kind, section.key))}</h1>
        <p className="soft">{t(here.isOpen ? 'words.sideBySideAbout' : `words.closed.${seat.role}`)}</p>
      </div>
      {error && <Notice tone="warn">{t(`error.${error}`)}</Notice>}
      <WhoShared circles={sharingCircles(t, table, here)} />
      {here.isOpen && words.length === 0 && (
        <Empty>
          <p>{t('words.none')}</p>
        </Empty>
      )}
      <WordsColumns words={words} chosen={chosen} onChoose={choose} />
      {seat.circleId !== null && here.isOpen && together !== undefined && words.length > 0 && (
        <ChooseWords
          rooms={rooms}
          together={together}
          words={words}
          chosen={chosen}
          isAnybodyMissing={here.circles.some(({ wordsId }) => wordsId === null)}
          onChange={setChosen}
        />
      )}
    </main>
  );
}
