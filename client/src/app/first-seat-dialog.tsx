import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useState } from 'react';
import { circleName } from '../features/circles/circle-name.ts';
import { emptyHandle, HandlePicker, toHandle } from '../features/people/handle-picker.tsx';
import { useAction } from '../lib/use-action.ts';
import { useRefusal } from '../lib/use-refusal.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
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
  const { form, isTried, refuse } = useRefusal();
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
      <Form
        ref={form}
        onSubmit={() => {
          if (handle === null) refuse();
          else void take.run(handle);
        }}
      >
        <HandlePicker draft={draft} onChange={setDraft} isMissing={isTried && handle === null} />
        {take.error && (
          <Notice tone="stop" isUrgent>
            {t(`error.${take.error}`)}
          </Notice>
        )}
        <Button type="submit" look="primary" isBusy={take.isBusy}>
          {t('firstSeat.take')}
        </Button>
      </Form>
    </Dialog>
  );
}
