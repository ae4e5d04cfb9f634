import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { AskOnce } from './ask-once.tsx';
import { FacilitateSection } from './facilitate-section.tsx';
import { OwnAnswer } from './own-answer.tsx';
import { PinnedWords } from './pinned-words.tsx';
import { isWritable, mayWithdraw, type SectionOfRound, turnOf } from './round-look.ts';
import { RoundStatusBadge } from './round-status-badge.tsx';
import { actOnSection, fetchVersion } from './rounds-api.ts';
import { SectionOutcome } from './section-outcome.tsx';
import { ShownAnswers } from './shown-answers.tsx';
import './round.css';

export interface RoundSectionProps {
  seat: SeatId;
  isFacilitator: boolean;
  round: RoundView;
  section: SectionOfRound;
  kind: DocumentKind;
  template: Section;
  nameOf: (circle: CircleId) => string;
  /** Where its words are written. */
  sectionAddress: string;
  /** Where a circle says whether it has been heard; null where it is not asked. */
  heard: ReactNode;
  /** What anybody has noted about it in this round. */
  notes: ReactNode;
  reload: () => Promise<void>;
}

/** One section in a round: its exact words, what one's own circle says to them, and what all said once that is shown. */
export function RoundSection(props: RoundSectionProps) {
  const { seat, isFacilitator, round, section, kind, template, nameOf, notes, reload } = props;
  const t = useText();
  const { version } = section;
  const words = useLoaded(
    useCallback(
      // The number is asked for again whenever other words are put forward.
      async () => ({ asked: version, ...(await fetchVersion(seat, round.id, section.section)) }),
      [seat, round.id, section.section, version],
    ),
  );
  const content = useMemo(
    () => (words.data?.version === version ? (JSON.parse(words.data.canonical) as CanonicalSection) : null),
    [words.data, version],
  );
  const turn = turnOf(round, section);
  const heading = useFocusAfterChange(`${section.status}/${version}/${section.isRevealed}`);
  const withdraw = useCallback(async () => {
    await actOnSection(seat, round.id, section.section, 'withdraw');
    await reload();
  }, [seat, round.id, section.section, reload]);

  const shownWords = content ? (
    <PinnedWords kind={kind} section={template} content={content} />
  ) : words.error ? (
    <Notice tone="warn">
      <p>{t(`error.${words.error}`)}</p>
      <Button onClick={() => void words.reload()}>{t('tryAgain')}</Button>
    </Notice>
  ) : (
    <Loading text={t('loading')} />
  );

  return (
    <article className="round-section card">
      <div className="card-head">
        <h2 ref={heading} tabIndex={-1}>
          <span className="outline-number">{t('section.number', { number: template.number })}</span>{' '}
          {t(sectionTitleId(kind, template.key))}
        </h2>
        <RoundStatusBadge status={section.status} />
      </div>
      <SectionOutcome round={round} section={section} nameOf={nameOf} pinned={words.data} />
      {section.status === 'pinned' || section.status === 'waiting' ? (
        <section className="stack is-tight">
          <h3>{t('round.words')}</h3>
          <p className="soft small">{t('round.wordsAbout')}</p>
          {shownWords}
        </section>
      ) : (
        <details className="fold">
          <summary>{t('round.words')}</summary>
          {shownWords}
        </details>
      )}
      {isWritable(round, section) && (
        <p>
          <Link
            className={buttonClass(section.status === 'reopened' && !isFacilitator ? 'primary' : 'plain')}
            to={props.sectionAddress}
            replace
          >
            {t(section.status === 'reopened' && !isFacilitator ? 'round.changeWords' : 'round.toSection')}
          </Link>
        </p>
      )}
      {section.own && (
        <section className="own-circle stack" aria-label={t('answer.title')}>
          {turn === 'wait' && <p className="soft">{t('round.notYet')}</p>}
          {turn === 'answer' && props.heard}
          <OwnAnswer
            key={section.section}
            seat={seat}
            roundId={round.id}
            section={section}
            own={section.own}
            turn={turn}
            isRead={content !== null}
            onAnswered={reload}
          />
        </section>
      )}
      {!section.own && !isFacilitator && <p className="soft">{t('round.notAsked')}</p>}
      {turn === 'answer' && section.status === 'pinned' && <p className="soft small">{t('round.sealed')}</p>}
      <ShownAnswers section={section} nameOf={nameOf} />
      {mayWithdraw(section) && (
        <div>
          <AskOnce
            look="quiet"
            label={t('answer.takenBack')}
            title={t('answer.takeBackTitle')}
            doLabel={t('answer.takeBack')}
            onDo={withdraw}
          >
            <p>{t('answer.takeBackAbout')}</p>
          </AskOnce>
        </div>
      )}
      {notes}
      {isFacilitator && <FacilitateSection seat={seat} round={round} section={section} onDone={reload} />}
    </article>
  );
}

/** What one had in hand may go away with what changed: then the heading takes the focus, and not the top of the page. */
function useFocusAfterChange(state: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(state);
  useEffect(() => {
    if (last.current === state) return;
    last.current = state;
    if (document.activeElement === null || document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true });
  }, [state]);
  return heading;
}
