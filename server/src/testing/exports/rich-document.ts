import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { block, sampleDocument, type Written } from './sample.ts';

/** One of everything that a section can hold, in several scripts and both directions. */
const blocks: CanonicalBlock[] = [
  block('First steps', 'heading', { level: 1 }),
  block('In the market', 'heading', { level: 3 }),
  {
    kind: 'paragraph',
    runs: [
      { text: 'We meet ' },
      { text: 'every week', bold: true },
      { text: ', as the ' },
      { text: 'law', italic: true, href: 'https://example.org/law?a=1&b=2' },
      { text: ' asks.\nNobody has to come.' },
    ],
  },
  block('Tea', 'bullet'),
  block('Green', 'number', { indent: 1 }),
  block('Black', 'number', { indent: 1 }),
  block('Bread', 'bullet'),
  block('We are not a project.', 'quote'),
  block('نلتقي في السوق (كل أسبوع) 12 مرة'),
  block('हम बाज़ार में मिलते हैं'),
  block('আমরা বাজারে দেখা করি 🙏 → ✓'),
];

const written: Record<string, Written> = {
  'what-we-will-do': {
    blocks,
    fields: [
      {
        key: 'activities',
        kind: 'rows',
        rows: [
          { activity: 'Meet | talk', 'lead-circle': 'River', start: '2026-11-21', end: '2027-01-02' },
          { activity: 'لقاء الأمهات\nفي السوق', partner: 'A shop' },
        ],
      },
    ],
  },
};

export const richDocument = (locale: Locale) => sampleDocument('plan', written, locale, 'River side');
