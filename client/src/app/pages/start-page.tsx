import type { StartedPartnership, StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { SecondFacilitator } from '../../features/circles/second-facilitator.tsx';
import { StartForm } from '../../features/partnerships/start-form.tsx';
import { emptyHandle, HandlePicker, toHandle } from '../../features/people/handle-picker.tsx';
import { useAction } from '../../lib/use-action.ts';
import { isolate } from '../../lib/use-names.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { addresses } from '../addresses.ts';
import { BeforeYouSit } from '../before-you-sit.tsx';
import { getLocale } from '../locale-store.ts';
import { livingSeats, useSession } from '../session.tsx';
import { setTable } from '../sit-down.ts';
import { useTry } from '../use-try.ts';
import { arrived } from './arrive-page.tsx';

export function StartPage() {
  const t = useText();
  const { me, reload } = useSession();
  // Who already has a seat here has read the plain page.
  const [hasRead, setRead] = useState(livingSeats(me).length > 0);
  const [draft, setDraft] = useState(emptyHandle);
  const [started, setStarted] = useState<StartedTable | null>(null);
  /** What was asked for last: an answer that was lost is about that. */
  const asked = useRef<StartPartnership | null>(null);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [hasRead, started]);

  const tried = useTry();
  const start = useAction(
    useCallback(
      async (body: StartPartnership) => {
        const { isEarlier, ...answer } = await setTable(body, tried('table'), () => {
          asked.current = body;
        });
        const other =
          isEarlier && JSON.stringify(asked.current) !== JSON.stringify(body) ? asked.current : null;
        await reload();
        setStarted({ ...answer, otherTitle: other?.title ?? null });
      },
      [tried, reload],
    ),
  );

  if (started !== null) return <TableIsSet {...started} />;

  if (!hasRead)
    return (
      <main className="page" id="main" tabIndex={-1}>
        <h1>{t('before.title')}</h1>
        <p className="lead">{t('before.about')}</p>
        <BeforeYouSit isStarting />
        <Button look="primary" isLarge onClick={() => setRead(true)}>
          {t('join.next')}
        </Button>
      </main>
    );

  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('start.heading')}</h1>
      <p className="lead">{t('start.about')}</p>
      <StartForm
        locale={getLocale().locale}
        handle={toHandle(draft)}
        handlePicker={(starter, isMissing) => (
          <HandlePicker
            draft={draft}
            onChange={setDraft}
            isSeenByNobody={starter === 'facilitator'}
            isMissing={isMissing}
          />
        )}
        isBusy={start.isBusy}
        problem={start.error && t(`error.${start.error}`)}
        onStart={(body) => void start.run(body)}
      />
    </main>
  );
}

interface StartedTable extends StartedPartnership {
  /** The table is what the form said before an answer was lost, and not what it says now: its title. */
  otherTitle: string | null;
}

/** A second facilitator is offered now: later, when a phone has failed, is too late. */
function TableIsSet({ partnershipId, seatId, circleSeatId, otherTitle }: StartedTable) {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('set.title')}</h1>
      {otherTitle !== null && (
        <Notice tone="warn" isUrgent>
          {t('set.asFirst', { title: isolate(otherTitle) })}
        </Notice>
      )}
      {circleSeatId !== null && <p className="lead">{t('set.twoSeats')}</p>}
      <section className="card" aria-labelledby="second-title">
        <h2 id="second-title">{t('set.second')}</h2>
        <SecondFacilitator seat={seatId} partnershipId={partnershipId} isThere={false} />
        <p className="soft small">{t('set.later')}</p>
      </section>
      <Link
        className={buttonClass('primary', true)}
        to={addresses.seat(circleSeatId ?? seatId)}
        state={arrived}
        replace
      >
        {t(circleSeatId === null ? 'set.toTable' : 'set.toCircle')}
      </Link>
    </main>
  );
}
