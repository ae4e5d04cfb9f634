import { lazy, useCallback, useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { CodeEntry } from '../../features/circles/code-entry.tsx';
import { emptyHandle, HandlePicker, toHandle } from '../../features/people/handle-picker.tsx';
import { CODE } from '../../lib/page-events.ts';
import { useAction } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { addresses } from '../addresses.ts';
import { BeforeYouSit } from '../before-you-sit.tsx';
import { getLocale } from '../locale-store.ts';
import { dropPendingCode, pendingCode } from '../pending-code.ts';
import { livingSeats, useSession } from '../session.tsx';
import { sitDown } from '../sit-down.ts';
import { useTry } from '../use-try.ts';
import { arrived } from './arrive-page.tsx';

type Step = 'whose' | 'code' | 'before' | 'picture';

const WhosePhone = lazy(() => import('../whose-phone.tsx').then((part) => ({ default: part.WhosePhone })));

export function JoinPage() {
  const t = useText();
  const navigate = useNavigate();
  const { me, reload } = useSession();
  const [code, setCode] = useState(pendingCode);
  const first: Step = code === null ? 'code' : 'before';
  const [step, setStep] = useState<Step>(livingSeats(me).length > 0 ? 'whose' : first);
  const [draft, setDraft] = useState(emptyHandle);
  const { form, isTried, refuse } = useRefusal();
  const handle = toHandle(draft);

  useEffect(() => {
    dropPendingCode();
    const onCode = () => {
      setCode(pendingCode());
      dropPendingCode();
      setStep((before) => (before === 'whose' ? before : 'before'));
    };
    window.addEventListener(CODE, onCode);
    return () => window.removeEventListener(CODE, onCode);
  }, []);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [step]);

  const tried = useTry();
  const sit = useAction(
    useCallback(async () => {
      if (code === null || handle === null) return;
      const seat = await sitDown({ code, handle, locale: getLocale().locale }, tried(code));
      await reload();
      // Whoever founds a circle names it first, on the table's page; others go where the room is.
      const isFirst = seat.state === 'seated';
      await navigate(isFirst ? addresses.seat(seat.seatId) : addresses.arrival(seat.seatId), {
        replace: true,
        state: arrived,
      });
    }, [code, handle, tried, reload, navigate]),
  );
  const isCodeProblem =
    sit.error === 'codeUnknown' || sit.error === 'tooManyGuesses' || sit.error === 'badRequest';
  const problem =
    sit.error &&
    // The device got a session just before: a browser that has none now has not kept its cookie.
    t(
      sit.error === 'signedOut'
        ? 'join.noCookie'
        : `error.${sit.error === 'badRequest' ? 'codeUnknown' : sit.error}`,
    );

  return (
    <main className="page" id="main" tabIndex={-1}>
      {step === 'whose' && (
        <WhosePhone onMine={() => setStep(first)} next={addresses.withCode(addresses.join(), code)} />
      )}
      {step === 'code' && (
        <>
          <h1>{t('join.title')}</h1>
          <CodeEntry
            problem={isCodeProblem ? problem : null}
            onCode={(typed) => {
              setCode(typed);
              setStep(handle === null ? 'before' : 'picture');
              sit.clearError();
            }}
          />
          <p>
            <Link to={addresses.comeBack()} replace>
              {t('back.have')}
            </Link>
          </p>
        </>
      )}
      {step === 'before' && (
        <>
          <h1>{t('before.title')}</h1>
          <p className="lead">{t('before.about')}</p>
          <BeforeYouSit />
          <Button look="primary" isLarge onClick={() => setStep('picture')}>
            {t('join.next')}
          </Button>
        </>
      )}
      {step === 'picture' && (
        <>
          <h1>{t('join.picture')}</h1>
          <p>{t('join.pictureAbout')}</p>
          <Form
            ref={form}
            onSubmit={() => {
              if (handle === null) refuse();
              else void sit.run();
            }}
          >
            <HandlePicker draft={draft} onChange={setDraft} isMissing={isTried && handle === null} />
            {problem && (
              <Notice tone="stop" isUrgent>
                <p>{problem}</p>
                {isCodeProblem && <Button onClick={() => setStep('code')}>{t('join.otherCode')}</Button>}
                {isCodeProblem && livingSeats(me).length > 0 && (
                  <Link className={buttonClass()} to={addresses.first()} replace>
                    {t('first.back')}
                  </Link>
                )}
              </Notice>
            )}
            <Button type="submit" look="primary" isLarge isBusy={sit.isBusy}>
              {t('join.knock')}
            </Button>
          </Form>
        </>
      )}
    </main>
  );
}
