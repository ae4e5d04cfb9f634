import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { DocumentWords } from '@longtable/shared/protocol/http/words';
import { circleName } from '../features/circles/circle-name.ts';
import type { SharingCircle } from '../features/words/who-shared.tsx';
import type { LabelOf } from '../lib/quote-labels.ts';
import type { Translate } from '../lib/use-text.ts';

type Words = DocumentWords['sections'][number];

/** The circles of a section with the names that all at the table read. */
export const sharingCircles = (t: Translate, { circles }: Table, words: Words): SharingCircle[] =>
  words.circles.flatMap(({ circleId, wordsId }) => {
    const circle = circles.find(({ id }) => id === circleId);
    return circle ? [{ id: circleId, name: circleName(t, circle), isShared: wordsId !== null }] : [];
  });

/** What stands above a quote in the joint text. While it is not known who has shared, nobody's words are said to be gone. */
export const labelOfQuote =
  (t: Translate, { circles }: Table, words: Words | undefined): LabelOf =>
  (wordsId, isGap) => {
    if (isGap) return t('words.gap');
    if (wordsId === null) return t('words.quote');
    if (words === undefined) return t('words.ofCircle');
    const source = words.circles.find((each) => each.wordsId === wordsId);
    const circle = source && circles.find(({ id }) => id === source.circleId);
    // Isolated: a name may run the other way than the words around it.
    return circle ? t('words.of', { circle: `\u2068${circleName(t, circle)}\u2069` }) : t('words.gone');
  };
