import type { Asking } from '@longtable/shared/protocol/http/partners';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { emptyHandle, HandlePicker, toHandle } from '../features/people/handle-picker.tsx';
import { useAction } from '../lib/use-action.ts';
import { useRefusal } from '../lib/use-refusal.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { addresses } from './addresses.ts';
import { arrived } from './pages/arrive-page.tsx';
import { useSession } from './session.tsx';
import { sitInOwnCircle } from './sit-down.ts';
import { useTry } from './use-try.ts';

interface OwnCircleSeatProps {
  asking: Asking;
  /** From here on the server may wait for nothing any more, also where its answer is lost. */
  onTry: () => void;
}

/** Every circle has said yes: the organisation's person picks a picture and founds its circle. */
export function OwnCircleSeat({ asking, onTry }: OwnCircleSeatProps) {
  const { partnerId, name } = asking;
  const t = useText();
  const navigate = useNavigate();
  const { reload } = useSession();
  const [draft, setDraft] = useState(emptyHandle);
  const { form, isTried, refuse } = useRefusal();
  const handle = toHandle(draft);
  const tried = useTry();
  const sit = useAction(
    useCallback(async () => {
      if (handle === null) return;
      onTry();
      const { seatId } = await sitInOwnCircle(partnerId, handle, tried(partnerId));
      await reload();
      await navigate(addresses.seat(seatId), { replace: true, state: arrived });
    }, [partnerId, handle, onTry, tried, reload, navigate]),
  );
  return (
    <Form
      ref={form}
      onSubmit={() => {
        if (handle === null) refuse();
        else void sit.run();
      }}
    >
      <h1>{t('invited.agreedTitle')}</h1>
      <p>{t('invited.agreed', { name })}</p>
      <HandlePicker draft={draft} onChange={setDraft} isMissing={isTried && handle === null} />
      {sit.error && (
        <Notice tone="stop" isUrgent>
          {t(sit.error === 'notFound' ? 'invited.taken' : `error.${sit.error}`)}
        </Notice>
      )}
      <Button type="submit" look="primary" isLarge isBusy={sit.isBusy}>
        {t('invited.sit')}
      </Button>
    </Form>
  );
}
