import type { SeatId } from '@longtable/shared/ids';
import type { Answer, RoundView } from '@longtable/shared/protocol/http/rounds';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isolate } from '../../lib/use-names.ts';
import { Drafts, useDraft } from '../../lib/drafts.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type AnswerDraft, AnswerForm } from './answer-form.tsx';
import { PositionBadge } from './position-badge.tsx';
import { canGoUnnamed, isShownAtOnce, type SectionOfRound, type Turn } from './round-look.ts';
import { giveAnswer } from './rounds-api.ts';

/** A section may be opened again while somebody is still writing why, and nobody has said yes or no of changed words. */
const drafts = new Drafts<AnswerDraft>({
  hasWords: ({ reason }) => reason.trim() !== '',
  forChangedWords: (draft) => ({ ...draft, position: null }),
});

export interface OwnAnswerProps {
  seat: SeatId;
  round: Pick<RoundView, 'id' | 'electorate'>;
  section: SectionOfRound;
  own: NonNullable<SectionOfRound['own']>;
  turn: Turn;
  /** The words that were read are those that are before the circles. */
  isRead: boolean;
  onAnswered: () => Promise<void>;
}

/** Inside one's own circle: what it says to the words, and what it has said so far. */
export function OwnAnswer({ seat, round, section, own, turn, isRead, onAnswered }: OwnAnswerProps) {
  const t = useText();
  const [isChanging, setChanging] = useState(false);
  const given = useRef<HTMLHeadingElement>(null);
  const hasGiven = useRef(false);
  const { section: key, version } = section;
  const roundId = round.id;
  const { draft, keep, drop } = useDraft(drafts, { seat, about: `${roundId}/${key}`, version });

  const giving = useAction(
    useCallback(
      async (answer: Omit<Answer, 'version'>) => {
        await giveAnswer(seat, roundId, key, { ...answer, version });
        drop();
        hasGiven.current = true;
        await onAnswered();
        setChanging(false);
      },
      [seat, roundId, key, version, drop, onAnswered],
    ),
  );

  const { mine, position, rule } = own;
  const isOpen = turn === 'answer' && (mine === null || isChanging);
  useEffect(() => {
    if (isOpen || !hasGiven.current) return;
    hasGiven.current = false;
    given.current?.focus();
  }, [isOpen]);

  if (isOpen)
    return isRead ? (
      <AnswerForm
        draft={draft ?? { position: null, reason: '', dissent: 'inside', ...noNulls(mine) }}
        onDraft={keep}
        giving={giving}
        isShownAtOnce={isShownAtOnce(section)}
        canGoUnnamed={canGoUnnamed(round, section)}
        onKeep={
          mine &&
          (() => {
            if (draft?.reason.trim() === (mine.reason ?? '')) drop();
            giving.clearError();
            setChanging(false);
          })
        }
      />
    ) : null;

  return (
    <>
      {mine && turn !== 'shown' && (
        <div className="own-answer">
          <h3 ref={given} tabIndex={-1}>
            {t(rule === 'allAgree' ? 'answer.mine' : 'answer.given')}
          </h3>
          <p>
            <PositionBadge position={mine.position} />
          </p>
          {mine.reason !== null && (
            <p className="own-words" dir="auto">
              {mine.reason}
            </p>
          )}
          {rule === 'allAgree' && (
            <p className="soft small">
              {position === null
                ? t('answer.circleWaits')
                : t('answer.circleNow', { answer: isolate(t(`answer.${position}`)) })}
            </p>
          )}
          {turn === 'answer' && (
            <>
              <p className="soft small">{t('answer.canChange')}</p>
              <div className="button-row">
                <Button onClick={() => setChanging(true)}>{t('answer.change')}</Button>
              </div>
            </>
          )}
        </div>
      )}
      {draft !== null && draft.reason.trim() !== '' && (
        <Notice tone="warn">
          <p>{t('answer.unsent')}</p>
          <p className="own-words" dir="auto">
            {draft.reason}
          </p>
          <Button onClick={drop}>{t('answer.unsentGone')}</Button>
        </Notice>
      )}
    </>
  );
}

const noNulls = (mine: NonNullable<SectionOfRound['own']>['mine']) =>
  mine && { ...mine, reason: mine.reason ?? '' };
