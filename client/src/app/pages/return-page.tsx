import { MAX_RETURN_CHARACTERS } from '@longtable/shared/limits';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { comeBack } from '../../features/people/phone-api.ts';
import { CODE } from '../../lib/page-events.ts';
import { useAction } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { addresses } from '../addresses.ts';
import { dropPendingCode, pendingCode } from '../pending-code.ts';
import { livingSeats, useSession } from '../session.tsx';
import { WhosePhone } from '../whose-phone.tsx';

/** Shortest text that can be a code or words; the server knows the rest. */
const MIN_CHARACTERS = 4;

/** With a seat card or with words. Nothing is sent before the person asks for it. */
export function ReturnPage() {
  const t = useText();
  const navigate = useNavigate();
  const { me, reload } = useSession();
  const [isAsked, setAsked] = useState(livingSeats(me).length === 0);
  const [scanned, setScanned] = useState(pendingCode);
  const [typed, setTyped] = useState('');
  const { form, isTried, refuse } = useRefusal();
  const code = scanned ?? typed.trim();

  useEffect(() => {
    dropPendingCode();
    const onCode = () => {
      setScanned(pendingCode());
      dropPendingCode();
    };
    window.addEventListener(CODE, onCode);
    return () => window.removeEventListener(CODE, onCode);
  }, []);

  const bring = useAction(
    useCallback(async () => {
      const { seatId } = await comeBack(code);
      await reload();
      await navigate(addresses.arrival(seatId), { replace: true });
    }, [code, reload, navigate]),
  );
  const known = useCallback(() => setAsked(true), []);

  if (!isAsked)
    return (
      <main className="page" id="main" tabIndex={-1}>
        <WhosePhone onMine={known} next={addresses.withCode(addresses.comeBack(), scanned)} />
      </main>
    );

  const isWrong = bring.error === 'codeUnknown' || bring.error === 'badRequest';
  const problem =
    bring.error &&
    t(isWrong ? 'back.wrong' : bring.error === 'tooManyGuesses' ? 'back.tooMany' : `error.${bring.error}`);
  const isMissing = isTried && code.length < MIN_CHARACTERS;
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('back.title')}</h1>
      <Form
        ref={form}
        onSubmit={() => {
          if (code.length < MIN_CHARACTERS) refuse();
          else void bring.run();
        }}
      >
        {scanned === null ? (
          <TextInput
            label={t('back.code')}
            hint={t('back.codeHint')}
            error={isMissing ? t('back.codeMissing') : null}
            value={typed}
            maxLength={MAX_RETURN_CHARACTERS}
            onChange={setTyped}
          />
        ) : (
          <p>{t('back.hasCode')}</p>
        )}
        <p>{t('back.moves')}</p>
        {problem && (
          <Notice tone="stop" isUrgent>
            <p>{problem}</p>
            {scanned !== null && isWrong && (
              <Button
                onClick={() => {
                  setScanned(null);
                  bring.clearError();
                }}
              >
                {t('back.otherCode')}
              </Button>
            )}
          </Notice>
        )}
        <Button type="submit" look="primary" isLarge isBusy={bring.isBusy}>
          {t('back.bring')}
        </Button>
      </Form>
    </main>
  );
}
