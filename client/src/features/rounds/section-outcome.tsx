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
  switch (section.status) {
    case 'pinned':
      return round.isClosed ? <Notice>{t('round.wasUnanswered')}</Notice> : null;
    case 'reopened':
      return <Notice tone="warn">{t(round.isClosed ? 'round.reopenedOver' : 'round.reopenedAbout')}</Notice>;
    case 'waiting':
      return (
        <Notice tone="warn">
          <p>
            <strong>{t('round.waitingFor', { circles: names(section.waitingFor.map(nameOf)) })}</strong>
          </p>
          <p>{t('round.waitingAbout')}</p>
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
          {pinned && <Proof pinned={pinned} />}
        </Notice>
      );
  }
}

function Proof({ pinned: { hash, salt } }: { pinned: PinnedVersion }) {
  const t = useText();
  return (
    <details>
      <summary className="proof-mark">{t('round.proof', { mark: `\u2066${shortMark(hash)}\u2069` })}</summary>
      <p className="small">{t('round.proofAbout')}</p>
      <dl className="proof small">
        <dt>{t('round.proofHash')}</dt>
        <dd dir="ltr">{hash}</dd>
        <dt>{t('round.proofSalt')}</dt>
        <dd dir="ltr">{salt}</dd>
      </dl>
    </details>
  );
}
