import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { renderPdf } from './pdf.ts';
import { hostileSections } from '../../testing/exports/hostile-sections.ts';
import { itWithPoppler, pdfInfo, pdfTags, pdfText, unpackPdf } from '../../testing/exports/read-pdf.ts';
import { richDocument } from '../../testing/exports/rich-document.ts';
import { block, sampleDocument, sampleSections } from '../../testing/exports/sample.ts';

/** The longest documents that the limits allow take seconds on a busy machine. */
jest.setTimeout(60_000);

describe('a PDF export', () => {
  let pdf: Buffer;
  beforeAll(async () => {
    pdf = renderPdf(await richDocument('en'));
  });

  it('claims PDF/UA-1, is tagged and names its language', () => {
    const raw = unpackPdf(pdf);
    expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(raw).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/);
    expect(raw).toContain('/StructTreeRoot');
    expect(raw).toMatch(/\/Lang \(en\)/);
  });

  it('carries no date and nobody’s name, and not the partnership’s title, in its metadata', () => {
    const raw = unpackPdf(pdf);
    for (const forbidden of [
      'CreationDate',
      'ModDate',
      'CreateDate',
      'ModifyDate',
      '/Author',
      'dc:creator',
      'River side',
      '2026-',
    ]) {
      expect(raw).not.toContain(forbidden);
    }
  });

  it('is the same, byte for byte, for the same words', async () => {
    expect(renderPdf(await richDocument('en')).equals(pdf)).toBe(true);
  });

  itWithPoppler('has only a neutral title and the name of its maker as metadata', () => {
    const info = Object.fromEntries(
      pdfInfo(pdf)
        .split('\n')
        .map((line) => line.split(/:\s+/, 2) as [string, string]),
    );
    expect(info).toMatchObject({
      Title: 'Plan',
      Tagged: 'yes',
      JavaScript: 'no',
      Creator: expect.stringMatching(/^Typst/),
    });
    expect(Object.keys(info).filter((key) => /author|date|subject|keywords/i.test(key))).toEqual([]);
  });

  itWithPoppler('says every word, with addresses printed and numbers counted', () => {
    const text = pdfText(pdf);
    for (const expected of [
      'River side',
      'Plan',
      'Nothing in this document is agreed yet.',
      'Where each section stands',
      '3. What we will do',
      'Who does what, with whom?',
      'First steps',
      'In the market',
      'We meet every week, as the law (https://example.org/law?a=1&b=2) asks.\nNobody has to come.',
      'Tea',
      '1. Green',
      '2. Black',
      'Bread',
      'We are not a project.',
      'हम बाज़ार में मिलते हैं',
      'আমরা বাজারে দেখা করি',
      'Meet | talk',
      '21 November 2026',
      '2 January 2027',
      'في السوق',
      'Nothing is written here yet.',
    ]) {
      expect(text).toContain(expected);
    }
  });

  itWithPoppler(
    'tells a screen reader what is a heading, a list, a quote, a link, a table and its head',
    () => {
      const tags = pdfTags(pdf);
      for (const tag of [
        'H1',
        'H2',
        'H3',
        'L',
        'LI',
        'Lbl',
        'BlockQuote',
        'Link',
        'Table',
        'THead',
        'TH',
        'TD',
      ]) {
        expect(tags).toMatch(new RegExp(`^ *${tag}\\b`, 'm'));
      }
    },
  );

  itWithPoppler('keeps Arabic words whole in the text layer, in an Arabic document', async () => {
    const text = pdfText(renderPdf(await richDocument('ar')));
    for (const expected of [
      'أين وصل كل قسم',
      'ماذا سنفعل',
      'نلتقي في السوق (كل أسبوع)',
      'We meet every week',
      'نوفمبر',
    ])
      expect(text).toContain(expected);
  });
});

describe('a PDF export of what nobody foresaw', () => {
  it('of an empty document says that nothing is written', async () => {
    expect(
      renderPdf(await sampleDocument('plan', {}, 'ar', ''))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  itWithPoppler('takes markup and code of any language as words', async () => {
    const texts = [
      '#eval("1+1") #read("/etc/passwd") $x^2$ *b* _i_ @ref <label> = H',
      '\\#{}[]`raw` // /* */ ~ --- "q" \'s',
      '<script>alert(1)</script> &amp; ]]> <w:t>',
    ];
    const text = pdfText(
      renderPdf(
        await sampleSections('plan', { 'what-we-will-do': { blocks: texts.map((each) => block(each)) } }),
      ),
    );
    for (const each of texts) expect(text).toContain(each);
  });

  itWithPoppler('keeps a word of 2,000 letters on the page, unbroken to whoever copies it', async () => {
    const word = 'abcdefghij'.repeat(200);
    const pdf = renderPdf(
      await sampleSections('plan', {
        'what-we-will-do': {
          blocks: [block(word)],
          fields: [
            {
              key: 'activities',
              kind: 'rows',
              rows: [{ activity: word.slice(0, 100), partner: word.slice(0, 100) }],
            },
          ],
        },
      }),
    );
    const text = pdfText(pdf).replace(/\s/g, '');
    expect(text).toContain(word);
    // The row stands once in its section and once among who does what.
    expect(text.split('abcdefghij').length - 1).toBe(240);
  });

  itWithPoppler('without a font for a script stays a tagged PDF and says where the letters are', async () => {
    const pdf = renderPdf(
      await sampleSections('plan', {
        'what-we-will-do': { blocks: [block('我们 meet'), block('Bell \u0007')] },
      }),
    );
    expect(pdfInfo(pdf)).toMatch(/Tagged:\s+yes/);
    const text = pdfText(pdf);
    expect(text).toContain('meet');
    expect(text.replace(/\s+/g, ' ')).toContain('Some letters could not be drawn in this PDF.');
  });

  it.each(hostileSections)('lays out %s', async (_, written) => {
    const pdf = renderPdf(await sampleSections('plan', { 'what-we-will-do': written }));
    expect(pdf.length).toBeGreaterThan(1_000);
  });

  itWithPoppler('lays out 5,000 rows and loses none', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      activity: `Row ${index + 1} of many`,
      start: '2026-11-21',
    }));
    const text = pdfText(
      renderPdf(
        await sampleSections('plan', {
          'what-we-will-do': { fields: [{ key: 'activities', kind: 'rows', rows }] },
        }),
      ),
    );
    expect(new Set(text.match(/Row \d+ of many/g)).size).toBe(5_000);
  });
});
