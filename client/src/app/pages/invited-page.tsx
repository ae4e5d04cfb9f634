import type { Asking, SentStatement } from '@longtable/shared/protocol/http/partners';
import { useCallback, useEffect, useState } from 'react';
import { CodeCard } from '../../features/circles/code-card.tsx';
import { CodeEntry } from '../../features/circles/code-entry.tsx';
import { fetchAskings, openAsking, sendStatement } from '../../features/partners/partners-api.ts';
import { StatementForm } from '../../features/partners/statement-form.tsx';
import { WaitingForCircles } from '../../features/partners/waiting-for-circles.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { BeforeYouSit } from '../before-you-sit.tsx';
import { suggestLocale } from '../locale-store.ts';
import { dropPendingCode, pendingCode } from '../pending-code.ts';
import { OwnCircleSeat } from '../own-circle-seat.tsx';

/** Circles may take days; whoever keeps the page open need not touch it. */
const ASK_EVERY_MS = 10_000;

type Step = 'code' | 'before' | 'questions' | 'waiting' | 'agreed';

/** Where an organisation that was invited says where it stands, waits, and sits down. Nothing is sent before it asks. */
export function InvitedPage() {
  const t = useText();
  const [code, setCode] = useState(pendingCode);
  const [opened, setOpened] = useState<Asking | null>(null);
  const [sent, setSent] = useState<SentStatement | null>(null);
  const [isGone, setGone] = useState(false);
  const { data, reload } = useLoaded(fetchAskings, ASK_EVERY_MS);
  const waiting = data?.askings[0];
  const step = stepOf(code, opened, waiting);

  useEffect(() => {
    dropPendingCode();
    const onCode = () => {
      setOpened(null);
      setCode(pendingCode());
      dropPendingCode();
    };
    window.addEventListener('longtable:code', onCode);
    return () => window.removeEventListener('longtable:code', onCode);
  }, []);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [step]);

  const open = useAction(
    useCallback(
      async (typed: string) => {
        const asking = await openAsking(typed);
        suggestLocale(asking.locale);
        if (asking.state === 'invited') setOpened(asking);
        else setCode(null);
        await reload();
      },
      [reload],
    ),
  );
  const send = useAction(
    useCallback(
      async (statement: Parameters<typeof sendStatement>[1]) => {
        if (code === null) return;
        setSent(await sendStatement(code, statement));
        await reload();
        setOpened(null);
        setCode(null);
      },
      [code, reload],
    ),
  );
  const isCodeProblem = open.error === 'badRequest' || open.error === 'codeUnknown';
  const codeProblem = open.error && t(`error.${isCodeProblem ? 'codeUnknown' : open.error}`);

  return (
    <main className="page" id="main" tabIndex={-1}>
      {step === 'code' && (
        <>
          <h1>{t('invited.codeTitle')}</h1>
          {isGone && (
            <p role="status" className="notice">
              {t('invited.gone')}
            </p>
          )}
          <CodeEntry
            problem={codeProblem}
            onCode={(typed) => {
              setCode(typed);
              setGone(false);
              open.clearError();
            }}
          />
        </>
      )}
      {step === 'before' && code !== null && (
        <>
          <h1>{t('invited.title')}</h1>
          <p className="lead">{t('invited.about')}</p>
          <ul className="ticked-list">
            <li>{t('invited.first')}</li>
            <li>{t('invited.nothing')}</li>
            <li>{t('invited.then')}</li>
          </ul>
          <BeforeYouSit />
          {codeProblem && (
            <Notice tone="stop" isUrgent>
              <p>{codeProblem}</p>
              <Button onClick={() => setCode(null)}>{t('join.otherCode')}</Button>
            </Notice>
          )}
          <Button look="primary" isLarge isBusy={open.isBusy} onClick={() => void open.run(code)}>
            {t('join.next')}
          </Button>
        </>
      )}
      {step === 'questions' && opened && (
        <>
          <h1>{t('invited.questions')}</h1>
          <p className="lead">{t('invited.lead', { name: opened.name })}</p>
          <p>{t('invited.first')}</p>
          <StatementForm
            isBusy={send.isBusy}
            problem={send.error && t(send.error === 'notNow' ? 'invited.nobody' : `error.${send.error}`)}
            onSend={(statement) => void send.run(statement)}
          />
        </>
      )}
      {step === 'waiting' && waiting && (
        <>
          <h1>{t(sent ? 'invited.sentTitle' : 'invited.waitTitle')}</h1>
          {sent && (
            <>
              <p>{t('invited.keep')}</p>
              <CodeCard code={sent} note={t('invited.keepNote')} lost={t('invited.lost')} />
            </>
          )}
          <WaitingForCircles
            asking={waiting}
            onWithdrawn={() => {
              setSent(null);
              setGone(true);
              void reload();
            }}
          />
        </>
      )}
      {step === 'agreed' && waiting && <OwnCircleSeat asking={waiting} />}
    </main>
  );
}

/** A code in hand comes first; without one, what this device already waits for. */
function stepOf(code: string | null, opened: Asking | null, waiting: Asking | undefined): Step {
  if (code !== null) return opened ? 'questions' : 'before';
  if (waiting === undefined) return 'code';
  return waiting.state === 'agreed' ? 'agreed' : 'waiting';
}
