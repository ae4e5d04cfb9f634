import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { withGaps } from '@longtable/shared/documents/gaps';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { PinnedVersion, RoundView } from '@longtable/shared/protocol/http/rounds';
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { LabelOf } from '../../lib/quote-labels.ts';
import { useDay } from '../../lib/use-day.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { AskOnce } from './ask-once.tsx';
import { EarlierAnswers } from './earlier-answers.tsx';
import { FacilitateSection } from './facilitate-section.tsx';
import { LiftedRows } from './lifted-rows.tsx';
import { OwnAnswer } from './own-answer.tsx';
import { PinnedWords } from './pinned-words.tsx';
import { isOverFor, mayWithdraw, type SectionOfRound, turnOf } from './round-look.ts';
import { RoundStatusBadge } from './round-status-badge.tsx';
import { actOnSection, fetchVersion } from './rounds-api.ts';
import { SectionOutcome } from './section-outcome.tsx';
import { ShownAnswers } from './shown-answers.tsx';
import { LOOK_AGAIN_MS } from './use-standing.ts';
import './round.css';

export interface RoundSectionProps {
  seat: SeatId;
  isFacilitator: boolean;
  round: RoundView;
  section: SectionOfRound;
  kind: DocumentKind;
  template: Section;
  nameOf: (circle: CircleId) => string;
  /** Whose words a quote is. */
  labelOf: LabelOf;
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
  const { seat, isFacilitator, round, section, kind, template, nameOf, labelOf, notes, reload } = props;
  const t = useText();
  const day = useDay();
  const { version } = section;
  const words = useLoaded(
    useCallback(
      // The number is asked for again whenever other words are put forward.
      async () => ({ asked: version, ...(await fetchVersion(seat, round.id, section.section)) }),
      [seat, round.id, section.section, version],
    ),
    // Words may be taken back while somebody reads them, and rows that were lifted out be put back; nothing tells of that.
    LOOK_AGAIN_MS,
  );
  const content = useMemo(
    () => (words.data?.version === version ? wordsShown(words.data) : null),
    [words.data, version],
  );
  const turn = turnOf(round, section);
  const heading = useFocusAfterChange(`${section.status}/${version}/${section.isRevealed}`);
  const withdraw = useCallback(async () => {
    await actOnSection(seat, round.id, section.section, 'withdraw');
    await reload();
  }, [seat, round.id, section.section, reload]);

  const shownWords = content ? (
    <>
      <PinnedWords kind={kind} section={template} content={content} labelOf={labelOf} />
      <LiftedRows
        kind={kind}
        section={template}
        lifted={words.data?.lifted ?? []}
        about={
          section.isHeld ? t('round.liftedOn', { day: day(words.data?.madeOn ?? '') }) : t('round.liftedOpen')
        }
      />
    </>
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
        <RoundStatusBadge status={section.status} isOver={isOverFor(round, section)} />
      </div>
      <SectionOutcome round={round} section={section} nameOf={nameOf} pinned={words.data} />
      {turn !== 'over' && (section.status === 'pinned' || section.status === 'waiting') ? (
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
      {!section.isHeld && (
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
            round={round}
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
      <EarlierAnswers section={section} nameOf={nameOf} />
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

/** What was pinned is there as proof; words that were taken back since are shown to nobody. */
const wordsShown = ({ canonical, takenBack }: PinnedVersion): CanonicalSection =>
  withGaps(JSON.parse(canonical) as CanonicalSection, new Set(takenBack));

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
