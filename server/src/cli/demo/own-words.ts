import type { DocumentKind } from '@longtable/shared/documents/template';
import type { DemoCircle } from './circles.ts';

/** What a circle wrote for itself first, each in the language in which it talks. Read inside it only. */
export interface OwnDraft {
  circle: DemoCircle['key'];
  document: DocumentKind;
  section: string;
  text: readonly string[];
}

export const ownDrafts: readonly OwnDraft[] = [
  {
    circle: 'river',
    document: 'definition',
    section: 'what-happens',
    text: [
      'We would start with the fee. Everything else hangs on it: whoever owes money cannot leave.',
      'Please no word that sounds as if we had been asleep.',
    ],
  },
  {
    circle: 'river',
    document: 'plan',
    section: 'how-we-will-know',
    text: ['Who came is nobody’s business. Count cups of tea if you must count.'],
  },
  {
    circle: 'lantern',
    document: 'definition',
    section: 'what-happens',
    text: [
      'نحن نرى الأمر من البيت: مكالمات أقصر كل أسبوع، ومال يصل متأخرًا.',
      'لا نريد أن يُقال إن الأهل باعوا أولادهم. الأهل صدّقوا وعدًا.',
    ],
  },
  {
    circle: 'lantern',
    document: 'plan',
    section: 'what-we-will-do',
    text: ['نستطيع فتح المقهى ساعة يوم الخميس. نحتاج من يحضر الشاي ومن يقرأ.'],
  },
  {
    circle: 'cedar',
    document: 'definition',
    section: 'why',
    text: [
      'Between two seasons there is nothing. Say that first.',
      'The work itself is not the shame. The rules around it are.',
    ],
  },
  {
    circle: 'bridge',
    document: 'definition',
    section: 'what-help-has-done',
    text: [
      'نكتب عن أنفسنا أولًا: كنا نطلب الأسماء قبل أن نسمع.',
      'We should say that we sent people to an agent ourselves, because it was quick.',
    ],
  },
];
