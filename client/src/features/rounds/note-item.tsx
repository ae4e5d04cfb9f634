import type { NoteMark, RoundNote } from '@longtable/shared/protocol/http/notes';
import { useEffect, useId, useRef, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NoteMarkForm } from './note-mark-form.tsx';

export interface NoteItemProps {
  note: RoundNote;
  /** Whose it is for everyone: a circle's name, or "someone at the table". */
  whose: string;
  isOfEarlierWords: boolean;
  mayMark: boolean;
  mayTakeBack: boolean;
  onMark: (mark: NoteMark | null) => Promise<void>;
  onTakeBack: () => Promise<void>;
}

/** One note: what it says, whose it is, what came of it, and what this person may do with it. */
export function NoteItem({
  note,
  whose,
  isOfEarlierWords,
  mayMark,
  mayTakeBack,
  onMark,
  onTakeBack,
}: NoteItemProps) {
  const t = useText();
  const [doing, setDoing] = useState<'marking' | 'takingBack' | null>(null);
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
          onMark={async (given) => {
            await onMark(given);
            close();
          }}
          onClose={close}
        />
      )}
      {doing === 'takingBack' && (
        <div className="note-ask" role="group" aria-label={t('notes.takeBackAsk')}>
          <p>{t('notes.takeBackAsk')}</p>
          <div className="button-row">
            <Button ref={surely} isBusy={takingBack.isBusy} onClick={() => void takingBack.run()}>
              {t('notes.takeBackYes')}
            </Button>
            <Button look="quiet" onClick={close}>
              {t('notes.takeBackNo')}
            </Button>
          </div>
        </div>
      )}
      {error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${error}`)}
        </Notice>
      )}
      {doing === null && (mayMark || mayTakeBack) && (
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
          {mayTakeBack && (
            <Button look="quiet" aria-describedby={textId} onClick={() => setDoing('takingBack')}>
              {t('notes.takeBack')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
