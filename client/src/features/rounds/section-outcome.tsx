import type { CircleId } from '@longtable/shared/ids';
import type { PinnedVersion, RoundView } from '@longtable/shared/protocol/http/rounds';
import { useDay } from '../../lib/use-day.ts';
import { useNames } from '../../lib/use-names.ts';
import { useText } from '../../lib/use-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { type SectionOfRound, shortMark } from './round-look.ts';

export interface SectionOutcomeProps {
  round: RoundView;
  section: SectionOfRound;
  nameOf: (circle: CircleId) => string;
  pinned: PinnedVersion | null;
}

/** What has come of a section so far, in a sentence. */
export function SectionOutcome({ round, section, nameOf, pinned }: SectionOutcomeProps) {
  const t = useText();
  const day = useDay();
  const names = useNames();
  const isLeft = section.isReleased && !round.isClosed;
  switch (section.status) {
    case 'pinned':
      if (round.isClosed) return <Notice>{t('round.wasUnanswered')}</Notice>;
      return section.isReleased ? <Notice>{t('round.releasedPinned')}</Notice> : null;
    case 'reopened':
      return (
        <Notice tone="warn">
          {t(
            round.isClosed
              ? 'round.reopenedOver'
              : section.isReleased
                ? 'round.releasedReopened'
                : 'round.reopenedAbout',
          )}
        </Notice>
      );
    case 'waiting':
      return (
        <Notice tone="warn">
          {section.answers.length === 0 ? (
            <p>
              <strong>{t('round.agreedByNone')}</strong>
            </p>
          ) : (
            <>
              <p>
                <strong>{t('round.waitingFor', { circles: names(section.waitingFor.map(nameOf)) })}</strong>
              </p>
              <p>{t('round.waitingAbout')}</p>
            </>
          )}
          {isLeft && <p>{t('round.releasedKept')}</p>}
        </Notice>
      );
    case 'agreed':
      return (
        <Notice>
          <p>
            {t('round.agreedAbout', {
              day: day(section.agreedOn ?? ''),
              review: day(section.reviewOn ?? ''),
            })}
          </p>
          {isLeft && <p>{t('round.releasedKept')}</p>}
          {pinned && <Proof pinned={pinned} />}
        </Notice>
      );
  }
}

function Proof({ pinned: { hash, salt, takenBack } }: { pinned: PinnedVersion }) {
  const t = useText();
  return (
    <details>
      <summary className="proof-mark">{t('round.proof', { mark: `\u2066${shortMark(hash)}\u2069` })}</summary>
      <p className="small">{t('round.proofAbout')}</p>
      {takenBack.length > 0 && <p className="small">{t('round.proofGaps')}</p>}
      <dl className="proof small">
        <dt>{t('round.proofHash')}</dt>
        <dd dir="ltr">{hash}</dd>
        <dt>{t('round.proofSalt')}</dt>
        <dd dir="ltr">{salt}</dd>
      </dl>
    </details>
  );
}
