import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import type { RoomPlace } from './here-view.ts';
import './workshops.css';

export interface RoomCardProps {
  place: RoomPlace;
  address: string;
  /** What else can be done here: hear what happened, move the room, show it on the wall. */
  children: ReactNode;
}

/** Where the room is, and one touch to get there: the first thing on the table's page. */
export function RoomCard({ place: { kind, section }, address, children }: RoomCardProps) {
  const t = useText();
  return (
    <section className="card room-card" aria-labelledby="room-here">
      <div role="status">
        <h2 id="room-here">{t('here.title')}</h2>
        <p className="room-place">
          <strong>
            {t('here.section', { number: section.number, section: t(sectionTitleId(kind, section.key)) })}
          </strong>{' '}
          <span className="soft small">{t(documentTitleId(kind))}</span>
        </p>
      </div>
      <Link className={buttonClass('primary', true)} to={address} replace>
        {t('here.go')}
      </Link>
      {children}
    </section>
  );
}
