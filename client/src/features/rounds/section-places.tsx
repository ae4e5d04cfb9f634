import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import type { SectionPlace } from './heard-view.ts';
import './heard.css';

export interface SectionPlacesProps {
  places: readonly SectionPlace[];
  addressOf: (place: SectionPlace) => string;
}

/** Links to sections of any document; each says which document it is in. */
export function SectionPlaces({ places, addressOf }: SectionPlacesProps) {
  const t = useText();
  return (
    <ul className="section-places">
      {places.map((place) => (
        <li key={`${place.documentId}/${place.section.key}`}>
          <Link to={addressOf(place)} replace>
            {t(sectionTitleId(place.kind, place.section.key))}
          </Link>{' '}
          <span className="soft small">{t(documentTitleId(place.kind))}</span>
        </li>
      ))}
    </ul>
  );
}
