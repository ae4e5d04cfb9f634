import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import type { CircleId, DocumentId, RoundId, SeatId } from '@longtable/shared/ids';
import type { SectionStanding } from '@longtable/shared/protocol/http/standing';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useDay } from '../../lib/use-day.ts';
import { useNames } from '../../lib/use-names.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';

const SectionDifference = lazy(() =>
  import('./section-difference.tsx').then((module) => ({ default: module.SectionDifference })),
);

export interface SectionBannerProps {
  seat: SeatId;
  documentId: DocumentId;
  kind: DocumentKind;
  section: Section;
  standing: SectionStanding;
  addressOfRound: (round: RoundId) => string;
  nameOf: (circle: CircleId) => string;
}

/** Above a section's text: what circles have said to its words, and what that means for whoever writes here. */
export function SectionBanner(props: SectionBannerProps) {
  return (
    <>
      <Standing {...props} />
      {props.standing.beside && <Beside {...props} beside={props.standing.beside} />}
    </>
  );
}

/** Older words that stay agreed, or newer ones that wait for somebody: said beside what comes first. */
function Beside({
  beside,
  addressOfRound,
  nameOf,
}: SectionBannerProps & { beside: NonNullable<SectionStanding['beside']> }) {
  const t = useText();
  const day = useDay();
  const names = useNames();
  return (
    <Notice>
      <p>
        {beside.standing === 'agreed'
          ? t('rounds.olderAgreed', { day: day(beside.agreedOn ?? '') })
          : t('rounds.newerWaits', { circles: names(beside.waitingFor.map(nameOf)) })}
      </p>
      <Link className={buttonClass('quiet')} to={addressOfRound(beside.roundId)} replace>
        {t('rounds.goOther')}
      </Link>
    </Notice>
  );
}

function Standing(props: SectionBannerProps) {
  const { standing, nameOf } = props;
  const roundAddress = standing.roundId === null ? '' : props.addressOfRound(standing.roundId);
  const t = useText();
  const day = useDay();
  const names = useNames();
  const toRound = (
    <Link className={buttonClass()} to={roundAddress} replace>
      {t('rounds.go')}
    </Link>
  );
  const agreedBy = names(standing.agreedBy.map(nameOf));
  const waiting =
    standing.agreedBy.length === 0
      ? t('round.agreedByNone')
      : t('rounds.waiting', { circles: names(standing.waitingFor.map(nameOf)) });

  if (standing.standing === 'open' || standing.roundId === null) return null;
  if (standing.standing === 'inRound')
    return (
      <Notice tone="warn">
        <p>{t(standing.isReopened ? 'rounds.reopened' : 'rounds.pinned')}</p>
        {toRound}
      </Notice>
    );
  if (standing.hasChanged)
    return (
      <Changed {...props} roundAddress={roundAddress}>
        <p>
          <strong>
            {standing.agreedBy.length === 0
              ? t('rounds.changedNobody')
              : standing.agreedOn === null
                ? t('rounds.changedWaiting', { circles: agreedBy })
                : t('rounds.changed', { circles: agreedBy, day: day(standing.agreedOn) })}
          </strong>
        </p>
        <p>{t('rounds.changedAbout')}</p>
      </Changed>
    );
  return (
    <Notice tone={standing.standing === 'waiting' ? 'warn' : 'plain'}>
      {standing.standing === 'waiting' ? (
        <p>{waiting}</p>
      ) : (
        <>
          <p>
            {t('rounds.agreed', { day: day(standing.agreedOn ?? ''), review: day(standing.reviewOn ?? '') })}
          </p>
          <p className="soft small">{t('rounds.agreedEdit')}</p>
        </>
      )}
      {toRound}
    </Notice>
  );
}

function Changed({
  seat,
  documentId,
  kind,
  section,
  standing,
  roundAddress,
  children,
}: SectionBannerProps & { roundAddress: string; children: ReactNode }) {
  const t = useText();
  const [isShown, setShown] = useState(false);
  return (
    <div className="stack is-tight">
      <Notice tone="warn">
        {children}
        <div className="button-row">
          <Button aria-expanded={isShown} onClick={() => setShown(!isShown)}>
            {t(isShown ? 'difference.hide' : 'difference.show')}
          </Button>
          <Link className={buttonClass('quiet')} to={roundAddress} replace>
            {t('rounds.go')}
          </Link>
        </div>
      </Notice>
      {isShown && (
        <Suspense fallback={<Loading text={t('loading')} />}>
          <SectionDifference {...{ seat, documentId, kind, section, standing }} />
        </Suspense>
      )}
    </div>
  );
}
