import type { SeatId } from '@longtable/shared/ids';
import type { CircleInside } from '@longtable/shared/protocol/http/circles';
import type { Support } from '@longtable/shared/protocol/http/heard';
import { useCallback } from 'react';
import { Person } from '../features/people/picture.tsx';
import { chooseSupport } from '../features/rounds/heard-api.ts';
import { SupportForm } from '../features/rounds/support-form.tsx';
import { useText } from '../lib/use-text.ts';
import { useToast } from '../ui/toasts.tsx';

export interface SupportChoiceProps {
  seat: SeatId;
  circle: CircleInside;
  support: Support | null;
  onChosen: () => Promise<void>;
}

/** The circle's people, to choose the one from whom it turns to. */
export function SupportChoice({ seat, circle, support, onChosen }: SupportChoiceProps) {
  const t = useText();
  const toast = useToast();
  const choose = useCallback(
    async (next: Support | null) => {
      await chooseSupport(seat, circle.id, next);
      await onChosen();
      toast(t('circle.saved'));
    },
    [seat, circle.id, onChosen, toast, t],
  );
  return (
    <SupportForm
      key={JSON.stringify(support)}
      seat={seat}
      circle={circle.id}
      support={support}
      seats={circle.members.map(({ seatId, handle }) => ({
        seatId,
        person: <Person handle={handle} />,
        isMe: seatId === seat,
      }))}
      onChoose={choose}
    />
  );
}
