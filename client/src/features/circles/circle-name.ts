import type { Translate } from '../../lib/use-text.ts';

/** What outsiders read: the name its members chose, or only its number. */
export const circleName = (t: Translate, circle: { number: number; name: string | null }) =>
  circle.name ?? t('circle.numbered', { number: circle.number });
