import { describe, expect, it, jest } from '@jest/globals';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { agreedRecords, RIVER, SHORE } from '../../testing/exports/agreed-plan.ts';
import { readParagraphs, readParts } from '../../testing/exports/read-docx.ts';
import { itWithPoppler, pdfAsSeen } from '../../testing/exports/read-pdf.ts';
import { buildExportDocument } from './build-document.ts';
import { render } from './render.ts';

jest.setTimeout(60_000);

const ISOLATED = { open: '\u2068', close: '\u2069' };

/** A plan in which the circles River and Shore have these names. */
const planOf = async (locale: Locale, river: string, shore: string) => {
  const circles = [
    { id: RIVER, number: 1, name: river },
    { id: SHORE, number: 3, name: shore },
  ];
  const input = { kind: 'plan', part: 'document', title: 'T', circles, records: agreedRecords() } as const;
  return buildExportDocument(input, await loadMessages(locale), locale);
};

describe.each([
  ['a Latin name in an Arabic file', 'ar', '3 Rivers!', 'Shore (B)', '3 Rivers!', 'Rivers 3'],
  [
    'an Arabic name in an English file',
    'en',
    '٣ أنهار!',
    'شاطئ (ب)',
    '!\u0631\u0627\u0647\u0646\u0623 \u0663',
    '\u0631\u0627\u0647\u0646\u0623 \u0663 !',
  ],
] as const)('%s', (_, locale, river, shore, onPaper, turned) => {
  const named = (name: string) => `${ISOLATED.open}${name}${ISOLATED.close}`;

  it('is kept apart from the sentence that it stands in, in Markdown and in Word', async () => {
    const document = await planOf(locale, river, shore);
    const markdown = (await render(document, 'md')).toString('utf8');
    const body = (await readParts(await render(document, 'docx'))).get('word/document.xml') ?? '';
    const texts = {
      markdown,
      word: readParagraphs(body)
        .map(({ text }) => text)
        .join('\n'),
    };
    for (const [format, text] of Object.entries(texts)) {
      for (const name of [river, shore]) {
        const [found, apart] = [text.split(name).length - 1, text.split(named(name)).length - 1];
        expect({ format, name, isThere: found > 2, isApart: found === apart }).toEqual({
          format,
          name,
          isThere: true,
          isApart: true,
        });
      }
    }
  });

  itWithPoppler('reads on paper as its circle wrote it', async () => {
    const seen = pdfAsSeen(await render(await planOf(locale, river, shore), 'pdf'));
    expect(seen).toContain(onPaper);
    expect(seen).not.toContain(turned);
  });
});

it('a name that holds a mark of direction does not turn the words around it', async () => {
  const text = JSON.stringify(await planOf('en', 'River\u2069\u202e', 'Shore'));
  expect(text).toContain('\u2068River\u2069 has a worry');
  expect(text).not.toContain('\u202e');
});
