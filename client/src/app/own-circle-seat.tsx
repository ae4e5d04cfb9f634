import type { Asking } from '@longtable/shared/protocol/http/partners';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { sitDown } from '../features/partners/partners-api.ts';
import { emptyHandle, HandlePicker, toHandle } from '../features/people/handle-picker.tsx';
import { useAction } from '../lib/use-action.ts';
import { useRefusal } from '../lib/use-refusal.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { addresses } from './addresses.ts';
import { useSession } from './session.tsx';

/** Every circle has said yes: the organisation's person picks a picture and founds its circle. */
export function OwnCircleSeat({ asking: { partnerId, name } }: { asking: Asking }) {
  const t = useText();
  const navigate = useNavigate();
  const { reload } = useSession();
  const [draft, setDraft] = useState(emptyHandle);
  const { form, isTried, refuse } = useRefusal();
  const handle = toHandle(draft);
  const sit = useAction(
    useCallback(async () => {
      if (handle === null) return;
      const { seatId } = await sitDown(partnerId, handle);
      await reload();
      await navigate(addresses.seat(seatId), { replace: true });
    }, [partnerId, handle, reload, navigate]),
  );
  return (
    <form
      ref={form}
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
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
    </form>
  );
}
