import type { CircleId } from '@longtable/shared/ids';
import { useText } from '../../lib/use-text.ts';
import type { SectionOfRound } from './round-look.ts';
import { ShownAnswers } from './shown-answers.tsx';

export interface EarlierAnswersProps {
  section: Pick<SectionOfRound, 'earlier'>;
  nameOf: (circle: CircleId) => string;
}

/** What circles said of words that were changed since and put forward again: why they were changed stays readable. */
export function EarlierAnswers({ section: { earlier }, nameOf }: EarlierAnswersProps) {
  const t = useText();
  if (earlier.length === 0) return null;
  return (
    <details className="fold">
      <summary>{t('round.earlier')}</summary>
      <div className="stack">
        <p className="soft small">{t('round.earlierAbout')}</p>
        {earlier.map(({ version, answers, withdrawn }) => (
          <ShownAnswers
            key={version}
            title={t('round.earlierVersion', { number: version })}
            section={{ answers, withdrawn }}
            nameOf={nameOf}
          />
        ))}
      </div>
    </details>
  );
}
