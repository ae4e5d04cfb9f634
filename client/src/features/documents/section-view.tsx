import type { DocumentKind, FieldAudience, Section } from '@longtable/shared/documents/template';
import { sectionPromptId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { RoomId } from '@longtable/shared/ids';
import { useCallback, useState, type ReactNode } from 'react';
import type { LabelOf } from '../../lib/quote-labels.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { PrivateBox } from './private-box.tsx';
import type { PrivateBoxes } from './private-boxes.ts';
import { RoomPanel } from './room-panel.tsx';
import type { RoomsInUse } from './rooms-in-use.ts';
import './document.css';

/** A phone shows one of a section's texts at a time. */
export type SectionTab = 'together' | 'circle';

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
  /** What stands beside the words while they are before the circles. */
  notes: ReactNode;
  boxes: PrivateBoxes;
  /** Names this section's box among all. */
  place: string;
  /** Which text a phone shows first. */
  startsWith: SectionTab;
  /** The circle has still to find its own words: on a phone the person's own box stands open. */
  isOwnFirst: boolean;
  onTab: (tab: SectionTab) => void;
  isTogetherOpen: boolean;
  labelOf: LabelOf;
  /** What the circle may do with its own words, below them. */
  ownWords: ReactNode;
  /** What a starred section asks of the own circle; null where it asks nothing. */
  heard: { panel: ReactNode; panelId: string } | null;
}

/** A section's text: on a phone own words first, then two tabs; on a wide screen the circle's own page stands beside it. */
export function SectionView({
  rooms,
  kind,
  section,
  together,
  ownCircle,
  isWide,
  banner,
  notes,
  boxes,
  place,
  startsWith,
  isOwnFirst,
  onTab,
  isTogetherOpen,
  labelOf,
  ownWords,
  heard,
}: SectionViewProps) {
  const t = useText();
  const [tab, setTab] = useState(startsWith);
  // As it was when the section was opened: nothing folds away under somebody's hands.
  const [startedOwnFirst] = useState(isOwnFirst);
  const [hadWords] = useState(() => boxes.get(place).text !== '');
  const showTab = useCallback(
    (to: SectionTab) => {
      setTab(to);
      onTab(to);
    },
    [onTab],
  );
  const showTextOf = useCallback(
    (to: FieldAudience) => showTab(to === 'circle' ? 'circle' : 'together'),
    [showTab],
  );

  const prompt = <p className="prompt">{t(sectionPromptId(kind, section.key))}</p>;
  const heading = (
    <h2 className="section-title">
      <span className="outline-number">{t('section.number', { number: section.number })}</span>{' '}
      {t(sectionTitleId(kind, section.key))}
    </h2>
  );
  const shared = (
    <>
      <RoomPanel
        key={together}
        rooms={rooms}
        room={together}
        kind={kind}
        section={section}
        audience="partnership"
        labelOf={labelOf}
      />
      {notes}
    </>
  );
  const own = ownCircle && (
    <RoomPanel
      key={ownCircle}
      rooms={rooms}
      room={ownCircle}
      kind={kind}
      section={section}
      audience="circle"
      labelOf={labelOf}
    />
  );
  const isBoxOpen = !isWide && startedOwnFirst;
  const openBox = ownCircle && (
    <PrivateBox
      boxes={boxes}
      place={place}
      label={t('box.label')}
      together={together}
      ownCircle={ownCircle}
      isLabelHidden={!isBoxOpen}
      isTogetherOpen={isTogetherOpen}
      onPut={showTextOf}
    />
  );
  const box =
    openBox && !isBoxOpen ? (
      <details className="box-fold" open={hadWords}>
        <summary>{t('box.open')}</summary>
        {openBox}
      </details>
    ) : (
      openBox
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
              {box}
              {own}
              {ownWords}
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
      {box}
      {jump}
      {own ? (
        <Tabs
          label={t('writing.rooms')}
          items={[
            { key: 'circle', label: t('writing.ownCircle') },
            { key: 'together', label: t('writing.together') },
          ]}
          chosen={tab}
          onChoose={showTab}
        >
          {tab === 'together' ? (
            shared
          ) : (
            <>
              {own}
              {ownWords}
            </>
          )}
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
