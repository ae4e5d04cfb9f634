import type { StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { startPartnership } from '../../features/partnerships/partnerships-api.ts';
import { StartForm } from '../../features/partnerships/start-form.tsx';
import { emptyHandle, HandlePicker, toHandle } from '../../features/people/handle-picker.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { addresses } from '../addresses.ts';
import { BeforeYouSit } from '../before-you-sit.tsx';
import { getLocale } from '../locale-store.ts';
import { livingSeats, useSession } from '../session.tsx';

export function StartPage() {
  const t = useText();
  const navigate = useNavigate();
  const { me, reload } = useSession();
  // Who already has a seat here has read the plain page.
  const [hasRead, setRead] = useState(livingSeats(me).length > 0);
  const [draft, setDraft] = useState(emptyHandle);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [hasRead]);

  const start = useAction(
    useCallback(
      async (body: StartPartnership) => {
        const { seatId } = await startPartnership(body);
        await reload();
        await navigate(addresses.seat(seatId), { replace: true });
      },
      [reload, navigate],
    ),
  );

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
        handlePicker={(isMissing) => (
          <HandlePicker draft={draft} onChange={setDraft} isSeenByNobody isMissing={isMissing} />
        )}
        isBusy={start.isBusy}
        problem={start.error && t(`error.${start.error}`)}
        onStart={(body) => void start.run(body)}
      />
    </main>
  );
}
