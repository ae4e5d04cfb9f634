import type { SectionStanding } from '@longtable/shared/protocol/http/standing';
import { useText } from '../../lib/use-text.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';

type Shown = Pick<SectionStanding, 'standing' | 'isWritten' | 'isReopened' | 'hasChanged' | 'beside'>;

const looks: Record<
  SectionStanding['standing'] | 'nothing' | 'reopened',
  Pick<BadgeProps, 'shape' | 'tone'>
> = {
  nothing: { shape: 'ring' },
  open: { shape: 'ring' },
  inRound: { shape: 'circles', tone: 'warn' },
  reopened: { shape: 'change', tone: 'stop' },
  waiting: { shape: 'wait', tone: 'warn' },
  agreed: { shape: 'tick', tone: 'good' },
  changed: { shape: 'change', tone: 'stop' },
};

/** What is waited for is no longer what was agreed to, once other words stand there. */
function standingShown({ standing, isWritten, isReopened, hasChanged }: Shown): keyof typeof looks {
  if (isReopened) return 'reopened';
  if (standing === 'open' && !isWritten) return 'nothing';
  return standing === 'waiting' && hasChanged ? 'changed' : standing;
}

/** Where a section stands, at a glance: a shape and a word, and another where two rounds have something to say. */
export function StandingBadge({ section }: { section: Shown }) {
  const t = useText();
  const shown = standingShown(section);
  return (
    <>
      <Badge {...looks[shown]}>{t(`standing.${shown}`)}</Badge>
      {section.beside && (
        <>
          {' '}
          <Badge {...looks[section.beside.standing]}>
            {t(section.beside.standing === 'agreed' ? 'standing.olderAgreed' : 'standing.newerWaits')}
          </Badge>
        </>
      )}
    </>
  );
}
