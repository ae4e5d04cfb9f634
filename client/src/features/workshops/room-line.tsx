import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import type { RoomPlace } from './here-view.ts';
import './workshops.css';

export interface RoomLineProps {
  /** Null while the room is at the section on screen. */
  elsewhere: RoomPlace | null;
  /** Whether the section on screen is of the same document. */
  isSameDocument: boolean;
  address: string;
  /** For whoever may bring the room to the section on screen. */
  children: ReactNode;
}

/** On a section's page: a quiet line where the others are, for those who have read on or stayed behind. */
export function RoomLine({ elsewhere, isSameDocument, address, children }: RoomLineProps) {
  const t = useText();
  return (
    <div className="room-line">
      {/* Stays in the page, so that a screen reader says when the room has gone on. */}
      <p role="status" className="soft">
        {elsewhere &&
          t(isSameDocument ? 'here.elsewhere' : 'here.elsewhereDocument', {
            number: elsewhere.section.number,
            section: t(sectionTitleId(elsewhere.kind, elsewhere.section.key)),
            document: t(documentTitleId(elsewhere.kind)),
          })}
      </p>
      {elsewhere && (
        <Link className="room-line-link" to={address} replace>
          {t('here.go')}
        </Link>
      )}
      {children}
    </div>
  );
}
