import type { SeatId } from '@longtable/shared/ids';
import type { NoteMark, RoundNote } from '@longtable/shared/protocol/http/notes';
import { useEffect, useId, useRef, useState } from 'react';
import { Drafts, useDraft } from '../../lib/drafts.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type MarkDraft, NoteMarkForm } from './note-mark-form.tsx';

/** What came of a note, while somebody writes it. */
const drafts = new Drafts<MarkDraft>({ hasWords: ({ line }) => line.trim() !== '' });

export interface NoteItemProps {
  seat: SeatId;
  note: RoundNote;
  /** Whose it is for everyone: a circle's name, or "someone at the table". */
  whose: string;
  isOfEarlierWords: boolean;
  mayMark: boolean;
  mayTakeBack: boolean;
  /** It names nobody, and may have come from the own circle: who asks is told, and nobody before. */
  mayBeOurs: boolean;
  onMark: (mark: NoteMark | null) => Promise<void>;
  onTakeBack: () => Promise<void>;
}

/** One note: what it says, whose it is, what came of it, and what this person may do with it. */
export function NoteItem({
  seat,
  note,
  whose,
  isOfEarlierWords,
  mayMark,
  mayTakeBack,
  mayBeOurs,
  onMark,
  onTakeBack,
}: NoteItemProps) {
  const t = useText();
  const marking = useDraft(drafts, { seat, about: note.id });
  const isWritten = marking.draft !== null && mayMark;
  const [doing, setDoing] = useState<'marking' | 'takingBack' | null>(isWritten ? 'marking' : null);
  const unmarking = useAction(onMark);
  const takingBack = useAction(onTakeBack);
  const textId = useId();
  const item = useRef<HTMLLIElement>(null);
  const surely = useRef<HTMLButtonElement>(null);
  const { mark } = note;
  useEffect(() => {
    if (doing === 'takingBack') surely.current?.focus();
  }, [doing]);
  const close = () => {
    setDoing(null);
    item.current?.focus();
  };
  const error = takingBack.error ?? unmarking.error;

  if (note.text === null)
    return (
      <li className="note" ref={item} tabIndex={-1}>
        <p className="soft">{t('notes.gap')}</p>
      </li>
    );
  const takeBack = mayTakeBack
    ? { label: t('notes.takeBack'), ask: t('notes.takeBackAsk'), yes: t('notes.takeBackYes') }
    : { label: t('notes.takeOut'), ask: t('notes.takeOutAsk'), yes: t('notes.takeOutYes') };
  return (
    <li className="note" ref={item} tabIndex={-1}>
      <p className="note-head">
        <strong>{t(`notes.kind.${note.kind}`)}</strong> <span className="soft">{whose}</span>
        {isOfEarlierWords && <Badge shape="ring">{t('notes.earlier')}</Badge>}
      </p>
      <p className="note-text" dir="auto" id={textId}>
        {note.text}
      </p>
      {mark && (
        <p className="note-mark">
          <Badge
            shape={mark.as === 'notNow' ? 'stop' : 'tick'}
            tone={mark.as === 'notNow' ? 'plain' : 'good'}
          >
            {t(`notes.mark.${mark.as}`)}
          </Badge>{' '}
          {mark.line !== null && <span dir="auto">{mark.line}</span>}
        </p>
      )}
      {doing === 'marking' && (
        <NoteMarkForm
          draft={marking.draft ?? { way: 'answered', line: '' }}
          onDraft={marking.keep}
          onMark={async (given) => {
            await onMark(given);
            marking.drop();
            close();
          }}
          onClose={() => {
            marking.drop();
            close();
          }}
        />
      )}
      {doing === 'takingBack' && (
        <div className="note-ask" role="group" aria-label={takeBack.ask}>
          <p>{takeBack.ask}</p>
          <div className="button-row">
            <Button ref={surely} isBusy={takingBack.isBusy} onClick={() => void takingBack.run()}>
              {takeBack.yes}
            </Button>
            <Button look="quiet" onClick={close}>
              {t('notes.takeBackNo')}
            </Button>
          </div>
        </div>
      )}
      {error && (
        <Notice tone="stop" isUrgent>
          {t(takingBack.error === 'notFound' && !mayTakeBack ? 'notes.notOurs' : `error.${error}`)}
        </Notice>
      )}
      {doing === null && (mayMark || mayTakeBack || mayBeOurs) && (
        <div className="button-row">
          {mayMark &&
            (mark ? (
              <Button
                look="quiet"
                aria-describedby={textId}
                isBusy={unmarking.isBusy}
                onClick={() => void unmarking.run(null)}
              >
                {t('notes.unmark')}
              </Button>
            ) : (
              <Button look="quiet" aria-describedby={textId} onClick={() => setDoing('marking')}>
                {t('notes.markIt')}
              </Button>
            ))}
          {(mayTakeBack || mayBeOurs) && (
            <Button look="quiet" aria-describedby={textId} onClick={() => setDoing('takingBack')}>
              {takeBack.label}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
