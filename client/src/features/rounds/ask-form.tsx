import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { CircleId } from '@longtable/shared/ids';
import { MAX_REVIEW_MONTHS } from '@longtable/shared/limits';
import type { OpenRound } from '@longtable/shared/protocol/http/rounds';
import type { SectionStanding } from '@longtable/shared/protocol/http/standing';
import { useState, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useNames } from '../../lib/use-names.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { NumberInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StandingBadge } from './standing-badge.tsx';
import './round.css';

/** Half a year: soon enough that those who agreed still remember why. */
const USUAL_REVIEW_MONTHS = 6;

export interface AskFormProps {
  kind: DocumentKind;
  sections: readonly Section[];
  standing: readonly SectionStanding[];
  /** Sections of rounds that are running: a section is before the circles once at a time. */
  taken: ReadonlySet<string>;
  nameOf: (circle: CircleId) => string;
  showHeard: (section: string) => ReactNode;
  onAsk: (round: OpenRound) => Promise<void>;
}

/** Words that nobody was asked about, or that are others now. What waits or is agreed is asked again only on purpose. */
const asksByItself = ({ isWritten, standing }: SectionStanding): boolean =>
  isWritten && (standing === 'open' || standing === 'changed');

/** A facilitator chooses what is put before the circles, and reads what that does before doing it. */
export function AskForm({ kind, sections, standing, taken, nameOf, showHeard, onAsk }: AskFormProps) {
  const t = useText();
  const names = useNames();
  const standingOf = (key: string) => standing.find(({ section }) => section === key);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        standing
          .filter((each) => asksByItself(each) && !taken.has(each.section))
          .map(({ section }) => section),
      ),
  );
  const [reviewMonths, setReviewMonths] = useState(USUAL_REVIEW_MONTHS);
  const { form, isTried, refuse } = useRefusal();
  const asking = useAction(onAsk);
  // Somebody may have begun another round meanwhile.
  const asked = sections.flatMap(({ key }) => (chosen.has(key) && !taken.has(key) ? [key] : []));
  const isMissing = isTried && asked.length === 0;

  const note = (key: string): string | null => {
    const here = standingOf(key);
    if (taken.has(key)) return t('ask.taken');
    if (here?.standing === 'agreed') return t('ask.agreedAlready');
    if (here?.standing === 'waiting')
      return t('ask.waitsAlready', { circles: names(here.waitingFor.map(nameOf)) });
    return null;
  };

  return (
    <Form
      ref={form}
      onSubmit={() => {
        if (asked.length === 0) refuse();
        else void asking.run({ sections: asked, reviewMonths });
      }}
    >
      <fieldset className="stack is-tight" aria-invalid={isMissing || undefined}>
        <legend className="field-label">{t('ask.sections')}</legend>
        <p className="soft small">{t('ask.sectionsHint')}</p>
        {isMissing && (
          <p className="field-error" role="alert">
            {t('ask.sectionsMissing')}
          </p>
        )}
        <ul className="ask-sections plain-list">
          {sections.map((section) => {
            const here = standingOf(section.key);
            const isTaken = taken.has(section.key);
            const words = note(section.key);
            return (
              <li key={section.key} className="ask-section">
                <Checkbox
                  label={`${t('section.number', { number: section.number })} ${t(sectionTitleId(kind, section.key))}`}
                  isChecked={chosen.has(section.key) && !isTaken}
                  isDisabled={isTaken}
                  onChange={(isChecked) => {
                    const next = new Set(chosen);
                    if (isChecked) next.add(section.key);
                    else next.delete(section.key);
                    setChosen(next);
                  }}
                />
                <div className="section-glance">
                  {here && <StandingBadge section={here} />}
                  {showHeard(section.key)}
                </div>
                {words !== null && <p className="soft small">{words}</p>}
              </li>
            );
          })}
        </ul>
      </fieldset>
      <NumberInput
        label={t('ask.months')}
        hint={t('ask.monthsHint')}
        value={reviewMonths}
        min={1}
        max={MAX_REVIEW_MONTHS}
        onChange={setReviewMonths}
      />
      {asking.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${asking.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button type="submit" look="primary" isBusy={asking.isBusy}>
          {t('ask.begin')}
        </Button>
      </div>
    </Form>
  );
}
