import type { SeatId } from '@longtable/shared/ids';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import { useText } from '../../lib/use-text.ts';
import { AskOnce } from './ask-once.tsx';
import type { SectionOfRound } from './round-look.ts';
import { actOnSection } from './rounds-api.ts';

export interface FacilitateSectionProps {
  seat: SeatId;
  round: RoundView;
  section: SectionOfRound;
  onDone: () => Promise<void>;
}

/** What a facilitator can do about one section of a running round, each with what it does. */
export function FacilitateSection({
  seat,
  round,
  section: { section, status },
  onDone,
}: FacilitateSectionProps) {
  const t = useText();
  const act = (what: 'reveal' | 'repin') => async () => {
    await actOnSection(seat, round.id, section, what);
    await onDone();
  };
  if (round.isClosed || (status !== 'pinned' && status !== 'reopened')) return null;
  // Before the step for answers there are none.
  if (status === 'pinned' && round.phase !== 'object' && round.phase !== 'integrate') return null;
  return (
    <section className="stack is-tight facilitate">
      <h3>{t('facilitate.title')}</h3>
      {status === 'pinned' ? (
        <div className="button-row">
          <AskOnce label={t('facilitate.reveal')} title={t('facilitate.revealTitle')} onDo={act('reveal')}>
            <p>{t('facilitate.revealAbout')}</p>
            <p className="soft">{t('facilitate.revealNone')}</p>
          </AskOnce>
        </div>
      ) : round.phase === 'integrate' ? (
        <div className="button-row">
          <AskOnce
            label={t('facilitate.repin')}
            look="primary"
            title={t('facilitate.repinTitle')}
            onDo={act('repin')}
          >
            <p>{t('facilitate.repinAbout')}</p>
          </AskOnce>
        </div>
      ) : (
        <p className="soft">{t('facilitate.repinLater')}</p>
      )}
    </section>
  );
}
