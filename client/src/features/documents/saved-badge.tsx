import type { SavedState } from '../../rooms/types.ts';
import { useText } from '../../lib/use-text.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';

const looks: Record<SavedState, Pick<BadgeProps, 'shape' | 'tone'>> = {
  device: { shape: 'ring', tone: 'warn' },
  sending: { shape: 'arrow', tone: 'plain' },
  saved: { shape: 'tick', tone: 'good' },
  refused: { shape: 'stop', tone: 'stop' },
};

/** Where this section's words are. Read out when it changes to something a person may want to act on. */
export function SavedBadge({ saved }: { saved: SavedState }) {
  const t = useText();
  return (
    <>
      <span data-saved={saved} aria-hidden="true">
        <Badge {...looks[saved]}>{t(`saved.${saved}`)}</Badge>
      </span>
      <span className="sr-only" role="status">
        {saved === 'sending' ? '' : t(`saved.${saved}`)}
      </span>
    </>
  );
}
