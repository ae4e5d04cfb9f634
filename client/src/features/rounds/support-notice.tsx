import { useText } from '../../lib/use-text.ts';
import { Notice } from '../../ui/notice.tsx';
import type { SectionPlace } from './heard-view.ts';
import { SectionPlaces, type SectionPlacesProps } from './section-places.tsx';

export interface SupportNoticeProps {
  sections: readonly SectionPlace[];
  addressOf: SectionPlacesProps['addressOf'];
}

/** For the one seat that its circle turns to. The server sends these sections to no other seat. */
export function SupportNotice({ sections, addressOf }: SupportNoticeProps) {
  const t = useText();
  if (sections.length === 0) return null;
  return (
    <Notice tone="warn">
      <p>
        <strong>{t('support.notice')}</strong>
      </p>
      <SectionPlaces places={sections} addressOf={addressOf} />
      <p className="small">{t('support.noticeOnly')}</p>
    </Notice>
  );
}
