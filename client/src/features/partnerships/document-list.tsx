import type { DocumentId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { partnershipTemplateFor } from '@longtable/shared/documents/templates/partnership-templates';
import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import './partnerships.css';

export interface DocumentListProps {
  table: Table;
  /** Where a section is written; without a number, where the document opens. */
  addressOf: (documentId: string, sectionNumber?: number) => string;
  /** Where a section stands, below its title. */
  showStanding: (documentId: DocumentId, section: string) => ReactNode;
  /** What more can be done with a document. */
  showActions: (documentId: DocumentId) => ReactNode;
}

export function DocumentList({ table, addressOf, showStanding, showActions }: DocumentListProps) {
  const t = useText();
  const order = partnershipTemplateFor(table.template).documents;
  return (
    <section className="stack" aria-labelledby="documents-title">
      <div className="stack is-tight">
        <h2 id="documents-title">{t('table.documents')}</h2>
        <p className="soft small">{t('table.heardAbout')}</p>
      </div>
      {order.map(({ kind, shownFirst }) => {
        const document = table.documents.find((each) => each.kind === kind);
        if (document === undefined) return null;
        const sections = templateFor(kind).sections;
        const first = sections.filter((section) => shownFirst.includes(section.key));
        const rest = sections.filter((section) => !shownFirst.includes(section.key));
        const opensAt = first[0]?.number ?? sections[0]?.number;
        return (
          <article className="card" key={document.id}>
            <div className="card-head">
              <h3>{t(documentTitleId(kind))}</h3>
              <div className="button-row">
                {showActions(document.id)}
                <Link className={buttonClass('primary')} to={addressOf(document.id, opensAt)} replace>
                  {t('table.open')}
                </Link>
              </div>
            </div>
            <p className="soft">{t(`document.${kind}.about`)}</p>
            {first.length > 0 && (
              <ol className="section-links">
                {first.map((section) => (
                  <li key={section.key} value={section.number}>
                    <Link to={addressOf(document.id, section.number)} replace>
                      {t(sectionTitleId(kind, section.key))}
                    </Link>
                    {showStanding(document.id, section.key)}
                  </li>
                ))}
              </ol>
            )}
            {rest.length > 0 && (
              <details>
                <summary className="more">
                  {t(first.length > 0 ? 'table.moreSections' : 'table.allSections', { count: rest.length })}
                </summary>
                <ol className="section-links">
                  {rest.map((section) => (
                    <li key={section.key} value={section.number}>
                      <Link to={addressOf(document.id, section.number)} replace>
                        {t(sectionTitleId(kind, section.key))}
                      </Link>
                      {showStanding(document.id, section.key)}
                    </li>
                  ))}
                </ol>
              </details>
            )}
          </article>
        );
      })}
    </section>
  );
}
