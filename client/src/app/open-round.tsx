import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { Section } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import type { CircleId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import type { Phase } from '@longtable/shared/rounds/round';
import { useCallback } from 'react';
import { Link } from 'react-router';
import { AskOnce } from '../features/rounds/ask-once.tsx';
import { PhaseSteps } from '../features/rounds/phase-steps.tsx';
import { RoundSection } from '../features/rounds/round-section.tsx';
import { RoundSectionList } from '../features/rounds/round-section-list.tsx';
import { closeRound, moveRound } from '../features/rounds/rounds-api.ts';
import { RuleChoice } from '../features/rounds/rule-choice.tsx';
import { sectionStanding } from '../features/rounds/use-standing.ts';
import type { RequestErrorCode } from '../lib/http.ts';
import { useAction } from '../lib/use-action.ts';
import { useDay } from '../lib/use-day.ts';
import { useText } from '../lib/use-text.ts';
import type { TableConnection } from '../rooms/types.ts';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { addresses } from './addresses.ts';
import { HeardInRound } from './heard-in-round.tsx';
import { NotesHere } from './notes-here.tsx';
import { useCircleNames } from './use-circle-names.ts';
import { useQuoteLabels } from './use-quote-labels.ts';

export interface OpenRoundProps {
  seat: MySeat;
  connection: TableConnection;
  table: Table;
  round: RoundView;
  standing: Standing;
  document: Table['documents'][number];
  template: Section;
  error: RequestErrorCode | null;
  reload: () => Promise<void>;
}

/** A round as one seat sees it: where the conversation is, and one of its sections at a time. */
export function OpenRound({
  seat,
  connection,
  table,
  round,
  standing,
  document,
  template,
  error,
  reload,
}: OpenRoundProps) {
  const t = useText();
  const day = useDay();
  const { seatId, circleId } = seat;
  const isFacilitator = seat.role === 'facilitator';
  const nameOf = useCircleNames(table);
  const labelOf = useQuoteLabels({
    seat: seatId,
    table,
    documentId: document.id,
    section: template.key,
    connection,
  });
  const section = round.sections.find((each) => each.section === template.key)!;
  const moving = useAction(
    useCallback(
      async (phase: Phase) => {
        await moveRound(seatId, round.id, phase);
        await reload();
      },
      [seatId, round.id, reload],
    ),
  );
  const end = useCallback(async () => {
    await closeRound(seatId, round.id);
    await reload();
  }, [seatId, round.id, reload]);
  const isHeard = (circle: CircleId) =>
    sectionStanding(standing, document.id, template.key)?.heard.find((each) => each.circleId === circle)
      ?.isHeard ?? false;
  const next = round.sections[round.sections.indexOf(section) + 1];

  return (
    <main className="page is-wide" id="main" tabIndex={-1}>
      <div className="stack is-tight">
        <div className="button-row">
          <Link className={buttonClass('quiet')} to={addresses.seat(seatId)} replace>
            <span aria-hidden="true" className="turns">
              ←
            </span>{' '}
            {t('writing.toTable')}
          </Link>
          <Link className={buttonClass('quiet')} to={addresses.rounds(seatId, document.id)} replace>
            {t('rounds.all')}
          </Link>
        </div>
        <h1>{t('round.of', { document: t(documentTitleId(document.kind)) })}</h1>
        <p className="soft small">{t('round.openedOn', { day: day(round.openedOn) })}</p>
      </div>
      {error && (
        <Notice tone="warn" isUrgent>
          {t(`error.${error}`)}
        </Notice>
      )}
      {round.isClosed ? (
        <Notice>
          <p>
            <strong>{t('round.isOver')}</strong>
          </p>
          <p>{t('round.isOverAbout')}</p>
        </Notice>
      ) : (
        <PhaseSteps phase={round.phase} moving={isFacilitator ? moving : null} />
      )}
      <div className="round-columns">
        <RoundSectionList
          round={round}
          kind={document.kind}
          current={section}
          addressOf={(number) => addresses.round(seatId, round.id, number)}
        />
        <div className="stack">
          <RoundSection
            key={template.key}
            seat={seatId}
            isFacilitator={isFacilitator}
            round={round}
            section={section}
            kind={document.kind}
            template={template}
            nameOf={nameOf}
            labelOf={labelOf}
            sectionAddress={addresses.section(seatId, document.id, template.number)}
            heard={
              template.isStarred &&
              circleId !== null && (
                <HeardInRound
                  seat={seatId}
                  circleId={circleId}
                  documentId={document.id}
                  section={template}
                  isHeard={isHeard(circleId)}
                  onMarked={reload}
                />
              )
            }
            notes={
              <NotesHere
                seat={seat}
                table={table}
                connection={connection}
                roundId={round.id}
                documentId={document.id}
                section={template.key}
              />
            }
            reload={reload}
          />
          {next && (
            <div>
              <Link
                className={buttonClass()}
                to={addresses.round(seatId, round.id, sectionOf(document.kind, next.section).number)}
                replace
              >
                {t('section.nextTo', { section: t(sectionTitleId(document.kind, next.section)) })}
              </Link>
            </div>
          )}
          {circleId !== null && round.electorate.includes(circleId) && (
            <details className="fold">
              <summary>{t('rule.title')}</summary>
              <RuleChoice seat={seatId} circleId={circleId} onChosen={reload} />
            </details>
          )}
          {isFacilitator && !round.isClosed && (
            <div>
              <AskOnce label={t('facilitate.close')} title={t('facilitate.closeTitle')} onDo={end}>
                <p>{t('facilitate.closeAbout')}</p>
              </AskOnce>
            </div>
          )}
        </div>
      </div>
    </main>
  );
}
