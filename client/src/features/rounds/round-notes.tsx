import type { CircleId } from '@longtable/shared/ids';
import type { PutNote } from '@longtable/shared/protocol/http/notes';
import { useCallback, useId, useRef } from 'react';
import { Drafts, useDraft } from '../../lib/drafts.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useNotesNews, useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { NoteBox } from './note-box.tsx';
import { NoteItem } from './note-item.tsx';
import { tokenOf } from './note-tokens.ts';
import { fetchNotes, markNote, type NotesPlace, putNote, takeBackNote } from './notes-api.ts';
import { LOOK_AGAIN_MS } from './use-standing.ts';
import './notes.css';

const drafts = new Drafts<string>({ hasWords: (text) => text.trim() !== '' });

/** Whether somebody has written a note here and not put it. */
export const isWritingNote = ({ seat, roundId, section }: NotesPlace): boolean =>
  (drafts.get({ seat, about: `${roundId}/${section}` }) ?? '').trim() !== '';

export interface RoundNotesProps extends NotesPlace {
  connection: TableConnection;
  /** Null for a facilitator's seat, which puts no notes. */
  ownCircle: CircleId | null;
  circleName: (circle: CircleId) => string;
}

/**
 * Questions, reactions and suggestions beside words that are fixed. Nobody's, unless the writer names the
 * circle; in an order that says nothing of who came when.
 */
export function RoundNotes({ seat, roundId, section, connection, ownCircle, circleName }: RoundNotesProps) {
  const t = useText();
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const { data, error, reload } = useLoaded(
    useCallback(() => fetchNotes({ seat, roundId, section }), [seat, roundId, section]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  useNotesNews(connection, roundId, section, reload);
  const { draft, keep } = useDraft(drafts, { seat, about: `${roundId}/${section}` });
  const text = draft ?? '';
  const place = { seat, roundId, section };
  const onPut = useCallback(
    async (note: PutNote) => {
      await putNote({ seat, roundId, section }, note);
      await reload();
    },
    [seat, roundId, section, reload],
  );

  // Nothing was put, and nothing can be.
  if (data !== null && data.notes.length + data.open.length === 0 && text === '') return null;
  return (
    <section className="round-notes" aria-labelledby={id}>
      <h3 id={id} ref={title} tabIndex={-1}>
        {t('notes.title')}
      </h3>
      <p className="soft small">{t('notes.about')}</p>
      {data === null && !error && <Loading text={t('loading')} />}
      {error && (
        <Notice tone="warn">
          <p>{t(`error.${error}`)}</p>
          <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
        </Notice>
      )}
      {data !== null && data.notes.length === 0 && <p className="soft small">{t('notes.none')}</p>}
      {data !== null && data.notes.length > 0 && (
        <ul className="notes">
          {data.notes.map((note) => {
            const token = tokenOf(seat, note.id);
            return (
              <NoteItem
                key={note.id}
                seat={seat}
                note={note}
                whose={note.circleId === null ? t('notes.nobodys') : circleName(note.circleId)}
                isOfEarlierWords={note.version < data.version}
                mayMark={data.mayMark}
                mayTakeBack={token !== null || (note.circleId !== null && note.circleId === ownCircle)}
                mayBeOurs={note.circleId === null && ownCircle !== null}
                onMark={async (mark) => {
                  await markNote(place, note.id, mark);
                  await reload();
                }}
                onTakeBack={async () => {
                  await takeBackNote(place, note.id, token);
                  title.current?.focus();
                  await reload();
                }}
              />
            );
          })}
        </ul>
      )}
      {data !== null && ownCircle !== null && (
        <NoteBox
          seat={seat}
          open={data.open}
          circleName={circleName(ownCircle)}
          text={text}
          onType={keep}
          onPut={onPut}
        />
      )}
    </section>
  );
}
