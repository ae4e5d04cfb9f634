import type { StartedPartnership, StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { SecondFacilitator } from '../../features/circles/second-facilitator.tsx';
import { startPartnership } from '../../features/partnerships/partnerships-api.ts';
import { StartForm } from '../../features/partnerships/start-form.tsx';
import { emptyHandle, HandlePicker, toHandle } from '../../features/people/handle-picker.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { addresses } from '../addresses.ts';
import { BeforeYouSit } from '../before-you-sit.tsx';
import { getLocale } from '../locale-store.ts';
import { livingSeats, useSession } from '../session.tsx';

export function StartPage() {
  const t = useText();
  const { me, reload } = useSession();
  // Who already has a seat here has read the plain page.
  const [hasRead, setRead] = useState(livingSeats(me).length > 0);
  const [draft, setDraft] = useState(emptyHandle);
  const [started, setStarted] = useState<StartedPartnership | null>(null);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [hasRead, started]);

  const start = useAction(
    useCallback(
      async (body: StartPartnership) => {
        const answer = await startPartnership(body);
        await reload();
        setStarted(answer);
      },
      [reload],
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

/** A second facilitator is offered now: later, when a phone has failed, is too late. */
function TableIsSet({ partnershipId, seatId, circleSeatId }: StartedPartnership) {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('set.title')}</h1>
      {circleSeatId !== null && <p className="lead">{t('set.twoSeats')}</p>}
      <section className="card" aria-labelledby="second-title">
        <h2 id="second-title">{t('set.second')}</h2>
        <SecondFacilitator seat={seatId} partnershipId={partnershipId} isThere={false} />
        <p className="soft small">{t('set.later')}</p>
      </section>
      <Link className={buttonClass('primary', true)} to={addresses.seat(circleSeatId ?? seatId)} replace>
        {t(circleSeatId === null ? 'set.toTable' : 'set.toCircle')}
      </Link>
    </main>
  );
}
