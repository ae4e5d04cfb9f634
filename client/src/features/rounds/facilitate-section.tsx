import type { SeatId } from '@longtable/shared/ids';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import { useText } from '../../lib/use-text.ts';
import { AskOnce } from './ask-once.tsx';
import { isOverFor, type SectionOfRound } from './round-look.ts';
import { actOnSection } from './rounds-api.ts';

export interface FacilitateSectionProps {
  seat: SeatId;
  round: RoundView;
  section: SectionOfRound;
  onDone: () => Promise<void>;
}

/** What a facilitator can do about one section of a running round, each with what it does. */
export function FacilitateSection({ seat, round, section, onDone }: FacilitateSectionProps) {
  const t = useText();
  const { status } = section;
  const act = (what: 'reveal' | 'repin' | 'release') => async () => {
    await actOnSection(seat, round.id, section.section, what);
    await onDone();
  };
  if (isOverFor(round, section)) return null;
  // Before the step for answers there are none.
  const mayReveal = status === 'pinned' && (round.phase === 'object' || round.phase === 'integrate');
  return (
    <section className="stack is-tight facilitate">
      <h3>{t('facilitate.title')}</h3>
      {status === 'reopened' && round.phase !== 'integrate' && (
        <p className="soft">{t('facilitate.repinLater')}</p>
      )}
      <div className="button-row">
        {mayReveal && (
          <AskOnce label={t('facilitate.reveal')} title={t('facilitate.revealTitle')} onDo={act('reveal')}>
            <p>{t('facilitate.revealAbout')}</p>
            <p className="soft">{t('facilitate.revealNone')}</p>
          </AskOnce>
        )}
        {status === 'reopened' && round.phase === 'integrate' && (
          <AskOnce
            label={t('facilitate.repin')}
            look="primary"
            title={t('facilitate.repinTitle')}
            onDo={act('repin')}
          >
            <p>{t('facilitate.repinAbout')}</p>
          </AskOnce>
        )}
        <AskOnce
          label={t('facilitate.release')}
          look="quiet"
          title={t('facilitate.releaseTitle')}
          onDo={act('release')}
        >
          <p>{t(`facilitate.release.${status}`)}</p>
          <p className="soft">{t('facilitate.releaseOthers')}</p>
        </AskOnce>
      </div>
    </section>
  );
}
