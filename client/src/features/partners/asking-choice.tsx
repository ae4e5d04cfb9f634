import type { PartnerId } from '@longtable/shared/ids';
import type { Asking } from '@longtable/shared/protocol/http/partners';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';

export interface AskingChoiceProps {
  askings: readonly Asking[];
  onChoose: (asking: PartnerId) => void;
}

/** One device can wait for seats at several tables. Each is known by what those who invited called the organisation. */
export function AskingChoice({ askings, onChoose }: AskingChoiceProps) {
  const t = useText();
  return (
    <>
      <h1>{t('invited.chooseTitle')}</h1>
      <p>{t('invited.chooseAbout')}</p>
      <div className="stack">
        {askings.map(({ partnerId, name, state }) => (
          <Button key={partnerId} isLarge onClick={() => onChoose(partnerId)}>
            <bdi>{name}</bdi>
            <span className="soft small">
              {t(state === 'agreed' ? 'invited.state.agreed' : 'invited.state.asking')}
            </span>
          </Button>
        ))}
      </div>
    </>
  );
}
