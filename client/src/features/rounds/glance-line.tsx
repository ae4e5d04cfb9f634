import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Glance } from './glance.ts';
import './heard.css';

/** How much is agreed and how much is open, each with a shape and a word of its own. */
export function GlanceLine({ glance, label }: { glance: Glance; label: string }) {
  const t = useText();
  const { agreed, inRound, waiting, changed, open, total } = glance;
  if (total === 0) return null;
  return (
    <ul className="glance" aria-label={label}>
      <li>
        <Badge shape="tick" tone={agreed > 0 ? 'good' : 'plain'}>
          {t('glance.agreed', { count: agreed, total })}
        </Badge>
      </li>
      {inRound > 0 && (
        <li>
          <Badge shape="circles" tone="warn">
            {t('glance.inRound', { count: inRound })}
          </Badge>
        </li>
      )}
      {waiting > 0 && (
        <li>
          <Badge shape="wait" tone="warn">
            {t('glance.waiting', { count: waiting })}
          </Badge>
        </li>
      )}
      {changed > 0 && (
        <li>
          <Badge shape="change" tone="stop">
            {t('glance.changed', { count: changed })}
          </Badge>
        </li>
      )}
      {open > 0 && (
        <li>
          <Badge shape="ring">{t('glance.open', { count: open })}</Badge>
        </li>
      )}
    </ul>
  );
}
