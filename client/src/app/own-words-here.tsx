import { countQuotes, leaveGaps } from '@longtable/shared/documents/model/blocks';
import type { Section } from '@longtable/shared/documents/template';
import type { CircleId, DocumentId, RoomId, SeatId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { DocumentWords, Said } from '@longtable/shared/protocol/http/words';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import { useRoomHandle, useUnsavedRooms } from '../features/documents/use-room-handle.ts';
import { OwnWordsPanel } from '../features/words/own-words-panel.tsx';
import { TakeBackDialog } from '../features/words/take-back-dialog.tsx';
import { sayWords } from '../features/words/words-api.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { useRoom } from '../rooms/hooks.ts';
import type { RoomHandle } from '../rooms/types.ts';
import { buttonClass } from '../ui/button.tsx';
import { addresses } from './addresses.ts';
import { sharingCircles } from './sharing-circles.ts';

export interface OwnWordsHereProps {
  seat: SeatId;
  circleId: CircleId;
  table: Table;
  documentId: DocumentId;
  section: Section;
  words: DocumentWords['sections'][number];
  rooms: RoomsInUse;
  together: RoomId;
  ownCircle: RoomId;
  reload: () => Promise<void>;
}

/** Below the circle's own page of a section: sharing it, passing, taking it back. */
export function OwnWordsHere(props: OwnWordsHereProps) {
  const { seat, circleId, table, documentId, section, words, rooms, together, ownCircle, reload } = props;
  const t = useText();
  const [isTakingBack, setTakingBack] = useState(false);
  const isUnsaved = useUnsavedRooms(rooms).has(ownCircle);
  const say = useCallback(
    async (said: Said | null) => {
      await sayWords(seat, circleId, { documentId, section: section.key, said });
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
        sideBySide={
          words.isOpen ? (
            <Link className={buttonClass()} to={addresses.words(seat, documentId, section.number)} replace>
              {t('words.sideBySide')}
            </Link>
          ) : null
        }
        onTakeBack={() => setTakingBack(true)}
      />
      {isTakingBack && wordsId !== null && (
        <TakeBack
          rooms={rooms}
          together={together}
          wordsId={wordsId}
          say={say}
          onClose={() => setTakingBack(false)}
        />
      )}
    </>
  );
}

interface TakeBackProps {
  rooms: RoomsInUse;
  together: RoomId;
  wordsId: string;
  say: (said: null) => Promise<void>;
  onClose: () => void;
}

function TakeBack(props: TakeBackProps) {
  const handle = useRoomHandle(props.rooms, props.together);
  return handle && <TakeBackFrom {...props} handle={handle} />;
}

function TakeBackFrom({ handle, wordsId, say, onClose }: TakeBackProps & { handle: RoomHandle }) {
  const { isReady, canWrite } = useRoom(handle);
  const take = useCallback(
    async (withQuotes: boolean) => {
      await say(null);
      if (withQuotes) leaveGaps(handle.doc, wordsId);
      onClose();
    },
    [handle, wordsId, say, onClose],
  );
  return (
    <TakeBackDialog
      isOpen
      onClose={onClose}
      quotes={isReady ? countQuotes(handle.doc, wordsId) : null}
      canChange={canWrite}
      taking={useAction(take)}
    />
  );
}
