import type { DocumentId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { partnershipTemplateFor } from '@longtable/shared/documents/templates/partnership-templates';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
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
  /** How much is agreed and how much is open: of one document, else of all. */
  showGlance: (document: Table['documents'][number] | null) => ReactNode;
  /** What more can be done with a document. */
  showActions: (documentId: DocumentId) => ReactNode;
}

export function DocumentList({ table, addressOf, showStanding, showGlance, showActions }: DocumentListProps) {
  const t = useText();
  const order = partnershipTemplateFor(table.template).documents;
  return (
    <section className="stack" aria-labelledby="documents-title">
      <div className="stack is-tight">
        <h2 id="documents-title">{t('table.documents')}</h2>
        {showGlance(null)}
        <p className="soft small">{t('table.heardAbout')}</p>
      </div>
      {order.map(({ kind, shownFirst }) => {
        const document = table.documents.find((each) => each.kind === kind);
        if (document === undefined) return null;
        const sections = templateFor(kind).sections;
        const first = sections.filter((section) => shownFirst.includes(section.key));
        const rest = sections.filter((section) => !shownFirst.includes(section.key));
        const opensAt = first[0]?.number ?? sections[0]?.number;
        const links = (some: readonly Section[]) => (
          <SectionLinks
            kind={kind}
            sections={some}
            addressOf={({ number }) => addressOf(document.id, number)}
            showStanding={({ key }) => showStanding(document.id, key)}
          />
        );
        return (
          <article className="card" key={document.id}>
            <div className="card-head">
              <h3>{t(documentTitleId(kind))}</h3>
              <div className="button-row">
                {showActions(document.id)}
                <Link className={buttonClass()} to={addressOf(document.id, opensAt)} replace>
                  {t('table.open')}
                </Link>
              </div>
            </div>
            {showGlance(document)}
            <p className="soft">{t(`document.${kind}.about`)}</p>
            {first.length > 0 && links(first)}
            {rest.length > 0 && (
              <details>
                <summary className="more">
                  {t(first.length > 0 ? 'table.moreSections' : 'table.allSections', { count: rest.length })}
                </summary>
                {links(rest)}
              </details>
            )}
          </article>
        );
      })}
    </section>
  );
}

interface SectionLinksProps {
  kind: DocumentKind;
  sections: readonly Section[];
  addressOf: (section: Section) => string;
  showStanding: (section: Section) => ReactNode;
}

function SectionLinks({ kind, sections, addressOf, showStanding }: SectionLinksProps) {
  const t = useText();
  return (
    <ol className="section-links">
      {sections.map((section) => (
        <li key={section.key} value={section.number}>
          <Link to={addressOf(section)} replace>
            {t(sectionTitleId(kind, section.key))}
          </Link>
          {showStanding(section)}
        </li>
      ))}
    </ol>
  );
}
