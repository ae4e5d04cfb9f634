import type { RoundId, SeatId } from '@longtable/shared/ids';
import type { Answer } from '@longtable/shared/protocol/http/rounds';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isolate } from '../../lib/use-names.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDraft } from './answer-drafts.ts';
import { AnswerForm } from './answer-form.tsx';
import { PositionBadge } from './position-badge.tsx';
import type { SectionOfRound, Turn } from './round-look.ts';
import { giveAnswer } from './rounds-api.ts';

export interface OwnAnswerProps {
  seat: SeatId;
  roundId: RoundId;
  section: SectionOfRound;
  own: NonNullable<SectionOfRound['own']>;
  turn: Turn;
  /** The words that were read are those that are before the circles. */
  isRead: boolean;
  onAnswered: () => Promise<void>;
}

/** Inside one's own circle: what it says to the words, and what it has said so far. */
export function OwnAnswer({ seat, roundId, section, own, turn, isRead, onAnswered }: OwnAnswerProps) {
  const t = useText();
  const [isChanging, setChanging] = useState(false);
  const given = useRef<HTMLHeadingElement>(null);
  const hasGiven = useRef(false);
  const { section: key, version } = section;
  const { draft, keep, drop } = useDraft(`${seat}/${roundId}/${key}`, version);

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
