import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import { waitsForUs } from './round-look.ts';
import './round.css';

interface RoundsProps {
  rounds: readonly RoundView[];
  table: Pick<Table, 'documents'>;
  /** Where a round is, or one section of it. */
  addressOf: (round: RoundView, sectionNumber?: number) => string;
}

/** For everyone: the rounds that are running, and the step that each is at. */
export function RunningRounds({ rounds, table, addressOf }: RoundsProps) {
  const t = useText();
  const running = rounds.filter(({ isClosed }) => !isClosed);
  if (running.length === 0) return null;
  return (
    <section className="card" aria-labelledby="running-rounds">
      <h2 id="running-rounds">{t('rounds.running')}</h2>
      <ul className="running-rounds">
        {running.map((round) => {
          const document = table.documents.find(({ id }) => id === round.documentId);
          return (
            document && (
              <li key={round.id}>
                <span>
                  <strong>{t(documentTitleId(document.kind))}</strong>
                  <br />
                  <span className="soft small">
                    {t('rounds.sections', { count: round.sections.length })} ·{' '}
                    {t('rounds.step', { step: t(`round.${round.phase}`) })}
                  </span>
                </span>
                <Link className={buttonClass()} to={addressOf(round)} replace>
                  {t('rounds.go')}
                </Link>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

/** Inside a circle: the sections to whose words it is asked to say something now. */
export function WaitingAnswers({ rounds, table, addressOf }: RoundsProps) {
  const t = useText();
  const waiting = rounds.flatMap((round) => {
    const document = table.documents.find(({ id }) => id === round.documentId);
    return document === undefined
      ? []
      : round.sections
          .filter((section) => waitsForUs(round, section))
          .map(({ section }) => ({ round, kind: document.kind, section: sectionOf(document.kind, section) }));
  });
  if (waiting.length === 0) return null;
  return (
    <div className="stack is-tight">
      <p className="soft small">{t('rounds.waits')}</p>
      <ul className="section-places">
        {waiting.map(({ round, kind, section }) => (
          <li key={`${round.id}/${section.key}`}>
            <Link to={addressOf(round, section.number)} replace>
              {t(sectionTitleId(kind, section.key))}
            </Link>{' '}
            <span className="soft small">{t(documentTitleId(kind))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
