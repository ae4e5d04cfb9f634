import type { DocumentKind } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { isOverFor, type SectionOfRound, waitsForUs } from './round-look.ts';
import { RoundStatusBadge } from './round-status-badge.tsx';
import './round.css';

export interface RoundSectionListProps {
  round: RoundView;
  kind: DocumentKind;
  current: SectionOfRound;
  addressOf: (sectionNumber: number) => string;
}

/** Every section of a round, how it stands, and where one's own circle is asked. */
export function RoundSectionList({ round, kind, current, addressOf }: RoundSectionListProps) {
  const t = useText();
  return (
    <nav className="stack is-tight" aria-label={t('round.sections')}>
      <h2>{t('round.sections')}</h2>
      <ul className="round-sections">
        {round.sections.map((section) => {
          const { key, number } = sectionOf(kind, section.section);
          return (
            <li key={key}>
              <Link to={addressOf(number)} replace aria-current={section === current ? 'page' : undefined}>
                <span>{t(sectionTitleId(kind, key))}</span>
                <RoundStatusBadge status={section.status} isOver={isOverFor(round, section)} />
                {waitsForUs(round, section) && <Badge shape="arrow">{t('round.yourTurn')}</Badge>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
