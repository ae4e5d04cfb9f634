import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import './document.css';

export interface SectionPagerProps {
  kind: DocumentKind;
  sections: readonly Section[];
  current: Section;
  addressOf: (section: Section) => string;
}

/** The way to the section before and after, at the foot of the page. */
export function SectionPager({ kind, sections, current, addressOf }: SectionPagerProps) {
  const t = useText();
  const at = sections.indexOf(current);
  const before = sections[at - 1];
  const after = sections[at + 1];
  return (
    <nav className="pager" aria-label={t('section.pager')}>
      {before ? (
        <Link
          className={buttonClass()}
          to={addressOf(before)}
          replace
          aria-label={t('section.backTo', { section: t(sectionTitleId(kind, before.key)) })}
        >
          {t('section.back')}
        </Link>
      ) : (
        <span />
      )}
      {after && (
        <Link
          className={buttonClass('primary')}
          to={addressOf(after)}
          replace
          aria-label={t('section.nextTo', { section: t(sectionTitleId(kind, after.key)) })}
        >
          {t('section.next')}
        </Link>
      )}
    </nav>
  );
}
