import type { DutyLabel } from '@longtable/shared/protocol/http/partners';
import type { Translate } from '../../lib/use-text.ts';

/** What outsiders read: the name its members chose, or only its number; and beside it what must always stand there. */
export function circleName(
  t: Translate,
  circle: { number: number; name: string | null; labels?: readonly DutyLabel[] },
): string {
  const name = circle.name ?? t('circle.numbered', { number: circle.number });
  const labels = (circle.labels ?? []).map((label) => t(`label.${label}`));
  return labels.length === 0 ? name : t('label.named', { name, labels: labels.join(' · ') });
}
