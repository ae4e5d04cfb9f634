import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useState } from 'react';
import { circleName } from '../features/circles/circle-name.ts';
import { emptyHandle, HandlePicker, toHandle } from '../features/people/handle-picker.tsx';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';

export interface FirstSeatDialogProps {
  circle: CircleSummary;
  onTake: (handle: Handle) => Promise<void>;
  onClose: () => void;
}

/** A seat of its own, with its own picture: inside the circle nobody is "the facilitator". */
export function FirstSeatDialog({ circle, onTake, onClose }: FirstSeatDialogProps) {
  const t = useText();
  const [draft, setDraft] = useState(emptyHandle);
  const [isTried, setTried] = useState(false);
  const take = useAction(onTake);
  const handle = toHandle(draft);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('firstSeat.title', { circle: circleName(t, circle) })}
      closeLabel={t('close')}
    >
      <p>{t('firstSeat.about')}</p>
      <HandlePicker draft={draft} onChange={setDraft} />
      {isTried && handle === null && (
        <p className="field-error" role="alert">
          {t('handle.pictureMissing')}
        </p>
      )}
      {take.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${take.error}`)}
        </Notice>
      )}
      <Button
        look="primary"
        isBusy={take.isBusy}
        onClick={() => {
          setTried(true);
          if (handle !== null) void take.run(handle);
        }}
      >
        {t('firstSeat.take')}
      </Button>
    </Dialog>
  );
}
