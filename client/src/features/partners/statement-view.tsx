import type { PartnerStatement, Tie } from '@longtable/shared/protocol/http/partners';
import { useText } from '../../lib/use-text.ts';
import './partners.css';

/** What an organisation says of itself, as every circle reads it. */
export function StatementView({ statement }: { statement: PartnerStatement }) {
  const t = useText();
  const tie = (each: Tie) => (each.has ? each.words : t('partners.noTies'));
  const labels = statement.is.map((label) => t(`label.${label}`)).join(' · ');
  const lines: [string, string][] = [
    [t('partners.from'), statement.from],
    [t('partners.answersTo'), statement.answersTo],
    [t('partners.ties.police'), tie(statement.ties.police)],
    [t('partners.ties.immigration'), tie(statement.ties.immigration)],
    [t('partners.ties.funders'), tie(statement.ties.funders)],
    [t('partners.is'), labels || t('partners.isNone')],
  ];
  return (
    <dl className="statement">
      {lines.map(([question, answer]) => (
        <div key={question}>
          <dt>{question}</dt>
          <dd dir="auto">{answer}</dd>
        </div>
      ))}
    </dl>
  );
}
