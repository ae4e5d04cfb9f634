import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionPromptId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { RoomId } from '@longtable/shared/ids';
import { useState, type ReactNode } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { RoomPanel } from './room-panel.tsx';
import type { RoomsInUse } from './rooms-in-use.ts';
import './document.css';

export interface SectionViewProps {
  rooms: RoomsInUse;
  kind: DocumentKind;
  section: Section;
  together: RoomId;
  /** The circle's own room; a facilitator's seat has none. */
  ownCircle: RoomId | null;
  isWide: boolean;
  /** What circles have said to its words. */
  banner: ReactNode;
  /** What a starred section asks of the own circle; null where it asks nothing. */
  heard: { panel: ReactNode; panelId: string } | null;
}

/** A section's text: on a phone behind two tabs, on a wide screen with the circle's own notes beside it. */
export function SectionView({
  rooms,
  kind,
  section,
  together,
  ownCircle,
  isWide,
  banner,
  heard,
}: SectionViewProps) {
  const t = useText();
  const [tab, setTab] = useState<'together' | 'circle'>('together');

  const prompt = <p className="prompt">{t(sectionPromptId(kind, section.key))}</p>;
  const heading = (
    <h2 className="section-title">
      <span className="outline-number">{t('section.number', { number: section.number })}</span>{' '}
      {t(sectionTitleId(kind, section.key))}
    </h2>
  );
  const shared = (
    <RoomPanel
      key={together}
      rooms={rooms}
      room={together}
      kind={kind}
      section={section}
      audience="partnership"
    />
  );
  const own = ownCircle && (
    <RoomPanel
      key={ownCircle}
      rooms={rooms}
      room={ownCircle}
      kind={kind}
      section={section}
      audience="circle"
    />
  );

  // Own words come first; the question whether they were heard is asked after them.
  const jump = heard && (
    <Button look="quiet" className="heard-jump" onClick={() => goTo(heard.panelId)}>
      <span aria-hidden="true">★</span> {t('heard.title')} <span aria-hidden="true">↓</span>
    </Button>
  );

  if (isWide)
    return (
      <>
        <article className="section-main">
          {heading}
          {banner}
          {shared}
        </article>
        <aside className="section-side" aria-label={t('writing.side')}>
          <div className="side-part">
            <h3>{t('writing.prompt')}</h3>
            {prompt}
          </div>
          {jump ?? (section.isStarred && <p className="soft small">{t('section.starredAbout')}</p>)}
          {own ? (
            <div className="side-part stack">
              <h3>{t('writing.ownCircle')}</h3>
              {own}
            </div>
          ) : (
            <p className="soft small">{t('writing.noCircle')}</p>
          )}
          {heard?.panel}
        </aside>
      </>
    );

  return (
    <article className="section-main">
      {heading}
      {banner}
      {prompt}
      {jump}
      {own ? (
        <Tabs
          label={t('writing.rooms')}
          items={[
            { key: 'together', label: t('writing.together') },
            { key: 'circle', label: t('writing.ownCircle') },
          ]}
          chosen={tab}
          onChoose={setTab}
        >
          {tab === 'together' ? shared : own}
        </Tabs>
      ) : (
        shared
      )}
      {heard?.panel}
    </article>
  );
}

/** The text above may be long; an address with a name behind # would tell which page this is. */
function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'start' });
}
