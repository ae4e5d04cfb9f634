import type { DemoCircle } from './circles.ts';
import { both, type Both } from './content.ts';

/** The activity that not everyone could agree on; it stays in view as open while the rest is agreed. */
export const LIFTED = { section: 'what-we-will-do', field: 'activities', row: 3 };

interface Reasoned {
  circle: DemoCircle['key'];
  section: string;
  reason: string;
}

/** Why one section was opened again, and what was changed so that all four could live with it. */
export const OBJECTION: Reasoned = {
  circle: 'lantern',
  section: 'how-we-will-know',
  reason:
    'We cannot. A list of names on a table in the tea house can be read by anyone, and an agent drinks tea there too. ' +
    'لا نستطيع. قائمة أسماء على طاولة المقهى يقرؤها أي شخص.',
};

export const REPAIR: { section: string; field: string; row: number; cells: Record<string, Both> } = {
  section: OBJECTION.section,
  field: 'indicators',
  row: 0,
  cells: {
    verification: both(
      'A jar at the tea house: one bean for each offer that was refused or changed. Nobody writes a name.',
      'وعاء في المقهى: حبة فاصولياء لكل عرض رُفض أو عُدِّل. لا أحد يكتب اسمًا.',
    ),
    risk: both(
      'Somebody watches who puts in a bean. So the jar stands behind the counter.',
      'قد يراقب أحدهم من يضع حبة. لذلك يبقى الوعاء خلف الطاولة.',
    ),
  },
};

/** A worry that stands beside the agreed words, under its circle's name, as that circle chose. */
export const WORRY: Reasoned = {
  circle: 'cedar',
  section: 'who-pays',
  reason:
    'We can live with it. Our worry: if the money stops after a year, the hour stops too. ' +
    'نستطيع أن نعيش مع هذا. قلقنا: إن توقف المال بعد سنة توقفت الساعة أيضًا.',
};

/** Written after everyone had agreed: the section then shows as changed since. */
export const LATER = {
  section: 'keeps-people-safe',
  field: 'protective-factors',
  cells: {
    factor: both(
      'One telephone number on paper, not only in the phone.',
      'رقم هاتف واحد على ورق، لا في الهاتف وحده.',
    ),
    level: 'individual',
  },
} as const;

/** A circle need not speak to be heard: it may pass. */
export const PASSED: readonly { circle: DemoCircle['key']; section: string }[] = [
  { circle: 'lantern', section: 'who-decides' },
  { circle: 'bridge', section: 'keeping-safety-practices' },
];
