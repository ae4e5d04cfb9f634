import type { CircleKind } from '@longtable/shared/protocol/http/circles';
import type { Handle } from '@longtable/shared/protocol/http/people';
import type { CircleRule } from '@longtable/shared/protocol/http/rounds';
import { both } from './content.ts';

/** Invented people round an invented table. Nothing here is taken from anyone's life. */
export const TITLE = 'The table at the mill · الطاولة عند الطاحونة';

export interface DemoCircle {
  key: 'river' | 'lantern' | 'cedar' | 'bridge';
  /** Neutral, as its members chose it for everyone outside. */
  name: string;
  kind: CircleKind;
  rule: CircleRule;
  /** Whether exports may say so. */
  isRuleReleased?: true;
  people: readonly Handle[];
  /** Whom they turn to when something is not safe to say. */
  support: { seatOf: number } | { text: string };
}

export const facilitators: readonly Handle[] = [
  { picture: 'thread', name: 'Noor' },
  { picture: 'cup', name: 'Sam' },
];

export const circles: readonly DemoCircle[] = [
  {
    key: 'river',
    name: 'River · النهر',
    kind: 'LE',
    rule: 'allAgree',
    people: [{ picture: 'kite' }, { picture: 'moon', name: 'Amal' }, { picture: 'shell' }],
    support: { seatOf: 1 },
  },
  {
    key: 'lantern',
    name: 'Lantern · الفانوس',
    kind: 'FA',
    rule: 'speaker',
    isRuleReleased: true,
    people: [{ picture: 'lamp', name: 'Umm Zayd' }, { picture: 'basket' }],
    support: { text: 'The midwife who visits on Mondays' },
  },
  {
    key: 'cedar',
    name: 'Cedar · الأرز',
    kind: 'WO',
    rule: 'allAgree',
    people: [{ picture: 'tree' }, { picture: 'drum', name: 'Teo' }, { picture: 'fish' }],
    support: { seatOf: 2 },
  },
  {
    key: 'bridge',
    name: 'Bridge · الجسر',
    kind: 'NG',
    rule: 'speaker',
    people: [
      { picture: 'bridge', name: 'Rana' },
      { picture: 'bell', name: 'Jo' },
    ],
    support: { text: 'The adviser outside our organisation' },
  },
];

/** Names as they stand in the texts. */
export const RIVER = both('River', 'النهر');
export const LANTERN = both('Lantern', 'الفانوس');
export const CEDAR = both('Cedar', 'الأرز');
export const BRIDGE = both('Bridge', 'الجسر');
