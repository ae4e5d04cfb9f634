import { partnershipTemplateFor } from '@longtable/shared/documents/templates/partnership-templates';
import type { DocumentKind, Section, TemplateKey } from '@longtable/shared/documents/template';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { SavedBadge } from './saved-badge.tsx';

export interface OutlineProps {
  kind: DocumentKind;
  template: TemplateKey;
  sections: readonly Section[];
  current: Section;
  addressOf: (section: Section) => string;
  /** Sections with words that are only on this device. */
  unsaved: ReadonlySet<string>;
  /** Where a section stands, beside its title. */
  showStanding: (section: string) => ReactNode;
}

/** The sections that this partnership began with come first; the others are one touch further. */
export function Outline({
  kind,
  template,
  sections,
  current,
  addressOf,
  unsaved,
  showStanding,
}: OutlineProps) {
  const t = useText();
  const shownFirst =
    partnershipTemplateFor(template).documents.find((each) => each.kind === kind)?.shownFirst ?? [];
  const first = sections.filter((section) => shownFirst.includes(section.key));
  const rest = sections.filter((section) => !shownFirst.includes(section.key));

  const list = (some: readonly Section[]) => (
    <ol className="outline-list">
      {some.map((section) => (
        <li key={section.key}>
          <Link
            to={addressOf(section)}
            replace
            className="outline-link"
            aria-current={section.key === current.key ? 'page' : undefined}
          >
            <span className="outline-number">{t('section.number', { number: section.number })}</span>
            <span>{t(sectionTitleId(kind, section.key))}</span>
            {section.isStarred && (
              <span className="outline-star">
                <span aria-hidden="true">★</span>
                <span className="sr-only">{t('section.starred')}</span>
              </span>
            )}
          </Link>
          {showStanding(section.key)}
          {unsaved.has(section.key) && section.key !== current.key && <SavedBadge saved="device" />}
        </li>
      ))}
    </ol>
  );

  return (
    <nav className="outline" aria-label={t('writing.sections')}>
      {list(first)}
      {rest.length > 0 && first.length > 0 ? (
        <details open={rest.some((section) => section === current || unsaved.has(section.key))}>
          <summary className="outline-more">{t('table.moreSections', { count: rest.length })}</summary>
          {list(rest)}
        </details>
      ) : (
        list(rest)
      )}
    </nav>
  );
}
