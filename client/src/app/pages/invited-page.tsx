import type { PartnerId } from '@longtable/shared/ids';
import type { Asking, SentStatement } from '@longtable/shared/protocol/http/partners';
import { lazy, useCallback, useEffect, useState } from 'react';
import { CodeCard } from '../../features/circles/code-card.tsx';
import { CodeEntry } from '../../features/circles/code-entry.tsx';
import { AskingChoice } from '../../features/partners/asking-choice.tsx';
import { fetchAskings, openAsking, sendStatement } from '../../features/partners/partners-api.ts';
import {
  hasStatementWords,
  noStatement,
  type StatementDraft,
} from '../../features/partners/statement-draft.ts';
import { StatementForm } from '../../features/partners/statement-form.tsx';
import { WaitingForCircles } from '../../features/partners/waiting-for-circles.tsx';
import { CODE } from '../../lib/page-events.ts';
import { Drafts, useDraft } from '../../lib/drafts.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { BeforeYouSit } from '../before-you-sit.tsx';
import { addresses } from '../addresses.ts';
import { suggestLocale } from '../locale-store.ts';
import { dropPendingCode, pendingCode } from '../pending-code.ts';
import { OwnCircleSeat } from '../own-circle-seat.tsx';
import { livingSeats, useSession } from '../session.tsx';

const drafts = new Drafts<StatementDraft>({ hasWords: hasStatementWords });

/** Circles may take days; whoever keeps the page open need not touch it. */
const ASK_EVERY_MS = 10_000;

const WhosePhone = lazy(() => import('../whose-phone.tsx').then((part) => ({ default: part.WhosePhone })));

type Step = 'whose' | 'code' | 'before' | 'questions' | 'choose' | 'waiting' | 'agreed';

/** Where an organisation that was invited says where it stands, waits, and sits down. Nothing is sent before it asks. */
export function InvitedPage() {
  const t = useText();
  const { me } = useSession();
  // What a code brings comes to whoever holds this phone, and with a PIN behind theirs.
  const [isMine, setMine] = useState(livingSeats(me).length === 0);
  const [code, setCode] = useState(pendingCode);
  const [opened, setOpened] = useState<Asking | null>(null);
  const [sent, setSent] = useState<SentStatement | null>(null);
  const [isGone, setGone] = useState(false);
  const { data, reload } = useLoaded(fetchAskings, ASK_EVERY_MS);
  const [chosen, setChosen] = useState<PartnerId | null>(null);
  const [isTyping, setTyping] = useState(false);
  const askings = data?.askings ?? [];
  // Once it has sat down it is in no list, and its answer may be lost: then it is sat down again from here.
  const [sitting, setSitting] = useState<Asking | null>(null);
  const waiting =
    sitting ?? (askings.length === 1 ? askings[0] : askings.find(({ partnerId }) => partnerId === chosen));
  const isNew = sent !== null && sent.partnerId === waiting?.partnerId;
  const step = stepOf({ code, isMine, opened, isTyping, askings, waiting });

  useEffect(() => {
    dropPendingCode();
    const onCode = () => {
      setOpened(null);
      setCode(pendingCode());
      dropPendingCode();
    };
    window.addEventListener(CODE, onCode);
    return () => window.removeEventListener(CODE, onCode);
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
        if (asking.state !== 'invited') setChosen(asking.partnerId);
        await reload();
        if (asking.state === 'invited') setOpened(asking);
        else setCode(null);
      },
      [reload],
    ),
  );
  const { draft, keep, drop } = useDraft(drafts, { seat: null, about: opened?.partnerId ?? '' });
  const send = useAction(
    useCallback(
      async (statement: Parameters<typeof sendStatement>[1]) => {
        if (code === null) return;
        const answer = await sendStatement(code, statement);
        drop();
        setSent(answer);
        setChosen(answer.partnerId);
        await reload();
        setOpened(null);
        setCode(null);
      },
      [code, drop, reload],
    ),
  );
  const isCodeProblem = open.error === 'badRequest' || open.error === 'codeUnknown';
  const codeProblem = open.error && t(`error.${isCodeProblem ? 'codeUnknown' : open.error}`);

  return (
    <main className="page" id="main" tabIndex={-1}>
      {isGone && code === null && (
        <p role="status" className="notice">
          {t('invited.gone')}
        </p>
      )}
      {step === 'code' && (
        <>
          <h1>{t('invited.codeTitle')}</h1>
          <CodeEntry
            problem={codeProblem}
            onCode={(typed) => {
              setCode(typed);
              setTyping(false);
              setGone(false);
              open.clearError();
            }}
          />
          {(askings.length > 0 || sitting) && (
            <Button onClick={() => setTyping(false)}>{t('invited.back')}</Button>
          )}
        </>
      )}
      {step === 'whose' && (
        <WhosePhone onMine={() => setMine(true)} next={addresses.withCode(addresses.invited(), code)} />
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
            draft={draft ?? noStatement}
            onDraft={keep}
            isBusy={send.isBusy}
            problem={send.error && t(send.error === 'notNow' ? 'invited.nobody' : `error.${send.error}`)}
            onSend={(statement) => void send.run(statement)}
          />
        </>
      )}
      {step === 'choose' && <AskingChoice askings={askings} onChoose={setChosen} />}
      {step === 'waiting' && waiting && (
        <>
          <h1>{t(isNew ? 'invited.sentTitle' : 'invited.waitTitle')}</h1>
          {isNew && (
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
      {step === 'agreed' && waiting && (
        <OwnCircleSeat key={waiting.partnerId} asking={waiting} onTry={() => setSitting(waiting)} />
      )}
      {(step === 'choose' || step === 'waiting' || step === 'agreed') && (
        <div className="button-row">
          {step !== 'choose' && askings.length > 1 && (
            <Button
              onClick={() => {
                setChosen(null);
                setSitting(null);
              }}
            >
              {t('invited.others')}
            </Button>
          )}
          <Button look="quiet" onClick={() => setTyping(true)}>
            {t('invited.otherCode')}
          </Button>
        </div>
      )}
    </main>
  );
}

interface Standing {
  code: string | null;
  isMine: boolean;
  opened: Asking | null;
  isTyping: boolean;
  askings: readonly Asking[];
  waiting: Asking | undefined;
}

/** A code in hand comes first; without one, what this device already waits for. */
function stepOf({ code, isMine, opened, isTyping, askings, waiting }: Standing): Step {
  if (code !== null) return !isMine ? 'whose' : opened ? 'questions' : 'before';
  if (isTyping || (!waiting && askings.length === 0)) return 'code';
  if (!waiting) return 'choose';
  return waiting.state === 'agreed' ? 'agreed' : 'waiting';
}
