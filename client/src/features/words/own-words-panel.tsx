import { MAX_TAKEN_BACK_PER_SECTION } from '@longtable/shared/limits';
import type { Said } from '@longtable/shared/protocol/http/words';
import { useId, useState, type ReactNode } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type SharingCircle, WhoShared } from './who-shared.tsx';
import './words.css';

export interface OwnWordsPanelProps {
  /** What the circle has said of its own page here. */
  own: Said | null;
  others: readonly SharingCircle[];
  /** Words on the page that the server does not have yet. */
  isUnsaved: boolean;
  saying: Action<[Said | null]>;
  /** Keeps what is on the page now as what is shared; false where there is nothing to share. */
  look: () => boolean;
  /** The way to all words beside each other; null while this seat may not read them. */
  sideBySide: ReactNode;
  onTakeBack: () => void;
}

/** Below the circle's own page: put these words before the others, or pass. Asks once, and says who will read them. */
export function OwnWordsPanel({
  own,
  others,
  isUnsaved,
  saying,
  look,
  sideBySide,
  onTakeBack,
}: OwnWordsPanelProps) {
  const t = useText();
  const id = useId();
  const [isAsking, setAsking] = useState(false);
  const [asked, setAsked] = useState<Said | null>(null);
  const [isEmpty, setEmpty] = useState(false);
  const say = async (said: Said | null) => {
    setAsked(said);
    setEmpty(false);
    await saying.run(said);
    setAsking(false);
  };
  return (
    <section className="own-words" aria-labelledby={id}>
      <h4 id={id}>{t('words.title')}</h4>
      <p role="status">{t(own === null ? 'words.nothingSaid' : `words.said.${own}`)}</p>
      {isUnsaved && own !== 'pass' && <p className="soft small">{t('words.waitForSaved')}</p>}
      <div className="button-row">
        <Button
          look={own === null ? 'primary' : 'plain'}
          isBusy={saying.isBusy && asked === 'words'}
          aria-disabled={isUnsaved || undefined}
          onClick={() => {
            if (isUnsaved) return;
            const hasWords = look();
            saying.clearError();
            setEmpty(!hasWords);
            setAsking(hasWords);
          }}
        >
          {t(own === 'words' ? 'words.shareAgain' : 'words.share')}
        </Button>
        {own === null && (
          <Button isBusy={saying.isBusy && asked === 'pass'} onClick={() => void say('pass')}>
            {t('words.pass')}
          </Button>
        )}
        {own === 'words' && (
          <Button look="quiet" onClick={onTakeBack}>
            {t('words.takeBack')}
          </Button>
        )}
        {own === 'pass' && (
          <Button look="quiet" isBusy={saying.isBusy && asked === null} onClick={() => void say(null)}>
            {t('words.takePassBack')}
          </Button>
        )}
      </div>
      {(isEmpty || saying.error) && (
        <Notice tone="stop" isUrgent>
          {isEmpty && t('words.empty')}
          {!isEmpty &&
            saying.error &&
            (saying.error === 'tooLarge'
              ? t('words.tooOften', { count: MAX_TAKEN_BACK_PER_SECTION })
              : t(saying.error === 'notNow' ? 'words.changed' : `error.${saying.error}`))}
        </Notice>
      )}
      <WhoShared circles={others} />
      {sideBySide ?? <p className="soft small">{t('words.ownFirst')}</p>}
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('words.askTitle')}
        closeLabel={t('close')}
      >
        <ul className="ticked-list">
          {(['Readers', 'Joint', 'Back', 'Inside'] as const).map((what) => (
            <li key={what}>{t(`words.ask${what}`)}</li>
          ))}
        </ul>
        <div className="button-row">
          <Button
            look="primary"
            isBusy={saying.isBusy}
            aria-disabled={isUnsaved || undefined}
            onClick={() => {
              if (!isUnsaved) void say('words');
            }}
          >
            {t('words.askYes')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('words.askNo')}</Button>
        </div>
      </Dialog>
    </section>
  );
}
