import type { ReactNode } from 'react';
import { useText } from '../../lib/use-text.ts';
import type { SectionPlace } from './heard-view.ts';
import { SectionPlaces, type SectionPlacesProps } from './section-places.tsx';

/** As many as leave the rest of the circle within reach on a small phone. */
const SHOWN_AT_ONCE = 4;

export interface WaitingListProps {
  /** What the circle is asked in rounds; goes first, because the others wait for it. Null where there is nothing. */
  answers: ReactNode;
  waiting: readonly SectionPlace[];
  addressOf: SectionPlacesProps['addressOf'];
}

/** The sections on which a circle has not said yet whether it has been heard. */
export function WaitingList({ answers, waiting, addressOf }: WaitingListProps) {
  const t = useText();
  const first = waiting.slice(0, SHOWN_AT_ONCE);
  const rest = waiting.slice(SHOWN_AT_ONCE);
  return (
    <div className="stack is-tight">
      <h3>{t('waiting.title')}</h3>
      {answers}
      {waiting.length === 0 && answers === null && <p className="soft">{t('waiting.nothing')}</p>}
      {waiting.length > 0 && (
        <>
          <p className="soft small">{t('waiting.about')}</p>
          <SectionPlaces places={first} addressOf={addressOf} />
          {rest.length > 0 && (
            <details>
              <summary className="waiting-more">{t('table.moreSections', { count: rest.length })}</summary>
              <SectionPlaces places={rest} addressOf={addressOf} />
            </details>
          )}
        </>
      )}
    </div>
  );
}
