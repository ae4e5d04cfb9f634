import { useState } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { PinPad } from './pin-pad.tsx';
import { PinProblem } from './pin-problem.tsx';

/** A new PIN, asked for twice: nobody can see what they touched. */
export function ChoosePin({ choosing }: { choosing: Action<[pin: string]> }) {
  const t = useText();
  const [first, setFirst] = useState<string | null>(null);
  const [isDifferent, setDifferent] = useState(false);

  const take = (pin: string) => {
    choosing.clearError();
    setDifferent(first !== null && first !== pin);
    setFirst(first === null ? pin : null);
    if (first === pin) void choosing.run(pin);
  };

  return (
    <div className="stack">
      {/* Read out when it changes: the pad itself stays as it is. */}
      <p role="status">{t(first === null ? 'pin.chooseAbout' : 'pin.again')}</p>
      {isDifferent && (
        <Notice tone="warn" isUrgent>
          {t('pin.different')}
        </Notice>
      )}
      <PinProblem error={choosing.error} />
      <PinPad label={t('pin.label')} okLabel={t('pin.next')} isBusy={choosing.isBusy} onPin={take} />
      <p className="soft small">{t('pin.forgetting')}</p>
    </div>
  );
}
