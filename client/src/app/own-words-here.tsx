import { readSection } from '@longtable/shared/documents/model/read-section';
import type { Section } from '@longtable/shared/documents/template';
import { hasWords, wordsSeen } from '@longtable/shared/documents/words-seen';
import type { CircleId, DocumentId, RoomId, SeatId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { DocumentWords, Said } from '@longtable/shared/protocol/http/words';
import { useCallback, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import { useRoomHandle, useUnsavedRooms } from '../features/documents/use-room-handle.ts';
import { OwnWordsPanel } from '../features/words/own-words-panel.tsx';
import { sayWords } from '../features/words/words-api.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { addresses } from './addresses.ts';
import { sharingCircles } from './sharing-circles.ts';
import { QuotesLeftHere, TakeBack } from './take-back.tsx';

export interface OwnWordsHereProps {
  seat: SeatId;
  circleId: CircleId;
  table: Table;
  documentId: DocumentId;
  section: Section;
  words: DocumentWords['sections'][number];
  rooms: RoomsInUse;
  ownCircle: RoomId;
  reload: () => Promise<void>;
}

/** Below the circle's own page of a section: sharing it, passing, taking it back. */
export function OwnWordsHere(props: OwnWordsHereProps) {
  const { seat, circleId, table, documentId, section, words, rooms, ownCircle, reload } = props;
  const t = useText();
  const [isTakingBack, setTakingBack] = useState(false);
  /** Quotes that were taken out before somebody changed their mind. */
  const [taken, setTaken] = useState(0);
  const isUnsaved = useUnsavedRooms(rooms).has(ownCircle);
  const page = useRoomHandle(rooms, ownCircle);
  // Somebody agrees to share what they have before their eyes, not what another types on the page meanwhile.
  const seen = useRef<string | undefined>(undefined);
  const look = () => {
    const blocks = page?.getView().isReady ? readSection(page.doc, section, 'circle').blocks : [];
    seen.current = wordsSeen(blocks);
    return hasWords(blocks);
  };
  const say = useCallback(
    async (said: Said | null) => {
      await sayWords(seat, circleId, {
        documentId,
        section: section.key,
        said,
        ...(said === 'words' && seen.current !== undefined ? { seen: seen.current } : {}),
      });
      await reload();
    },
    [seat, circleId, documentId, section.key, reload],
  );
  const takeBack = useCallback(
    async (keepQuotes: boolean) => {
      await sayWords(seat, circleId, { documentId, section: section.key, said: null, keepQuotes });
      await reload();
    },
    [seat, circleId, documentId, section.key, reload],
  );
  const wordsId = words.circles.find((each) => each.circleId === circleId)?.wordsId ?? null;
  return (
    <>
      <OwnWordsPanel
        own={words.own}
        others={sharingCircles(t, table, words).filter(({ id }) => id !== circleId)}
        isUnsaved={isUnsaved}
        saying={useAction(say)}
        look={look}
        sideBySide={
          words.isOpen ? (
            <Link className={buttonClass()} to={addresses.words(seat, documentId, section.number)} replace>
              {t('words.sideBySide')}
            </Link>
          ) : null
        }
        onTakeBack={() => {
          setTaken(0);
          setTakingBack(true);
        }}
      />
      <div role="status">{taken > 0 && <Notice>{t('takeBack.givenUp', { count: taken })}</Notice>}</div>
      {words.hasTakenBack && <QuotesLeftHere seat={seat} circleId={circleId} rooms={rooms} />}
      {isTakingBack && wordsId !== null && (
        <TakeBack
          seat={seat}
          circleId={circleId}
          rooms={rooms}
          wordsId={wordsId}
          takeBack={takeBack}
          onClose={() => setTakingBack(false)}
          onGivenUp={setTaken}
        />
      )}
    </>
  );
}
