import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadMessages } from '@longtable/shared/locales/messages';
import { agreedPlan, agreedRecords, HASH } from '../../testing/exports/agreed-plan.ts';
import { readParagraphs, readParts } from '../../testing/exports/read-docx.ts';
import { parseMarkdown, readMarkdownText, textOf } from '../../testing/exports/read-markdown.ts';
import { itWithPoppler, pdfTags, pdfText, unpackPdf } from '../../testing/exports/read-pdf.ts';
import { buildExportDocument } from './build-document.ts';
import type { ExportDocument } from './export-document.ts';
import { render } from './render.ts';

jest.setTimeout(60_000);

/** In this order in every format. */
const SAID = [
  'The table by the river',
  'Part of this document is agreed and part is open.',
  'Agreed by every circle that was asked: 2 of 12 sections.',
  'Agreed by those here, waiting for others: 1.',
  'Open: 9.',
  // Where each section stands, at a glance.
  'Agreed by those here. Waiting for Circle 2 and Shore.',
  'Open. It is before the circles now.',
  // Beside the clause.
  'We look at it again on 21 May 2027.',
  'People choose for themselves.',
  'River has a worry:',
  'It takes long.',
  'One circle has a worry:',
  'Who pays for the evenings?',
  'In the words of Shore',
  'Rent decides for us.',
  'So do papers.',
  'A quote:',
  'Taken back since.',
  'Agreed on 21 November 2026. The words have changed since.',
  'We start with food.',
  'Newer words, not agreed',
  'We start with food, and with paint.',
  'Lifted out, still open',
  'Talk to the police',
  'About earlier words: Shore cannot live with this:',
  'A hotline calls the police.',
  'Who does what by when',
  'Still open',
  'What we will do (lifted out)',
  'Agreement record',
  'Everyone in the circle answers',
  'Known inside the circle only',
  'Agrees since 3 December 2026',
  'It takes long.',
  `Fingerprint: ${HASH}`,
  'Not yet',
  'Took its agreement back on 5 December 2026',
];

/** What a reader meets, one thing after the other. */
function inOrder(written: string, said: readonly string[] = SAID): void {
  // Without what keeps a name apart from the sentence around it.
  const text = written.replace(/[\u2068\u2069]/g, '');
  let at = 0;
  for (const each of said) {
    const found = text.indexOf(each, at);
    expect({ each, isThere: found >= at }).toEqual({ each, isThere: true });
    at = found + each.length;
  }
}

describe('an export of what is agreed and what is open', () => {
  let document: ExportDocument;
  beforeAll(async () => {
    document = await agreedPlan();
  });

  it('says so in Markdown, and its agreed words still read back alone', async () => {
    const markdown = (await render(document, 'md')).toString('utf8');
    const root = parseMarkdown(markdown);
    inOrder(root.children.map(textOf).join('\n').replaceAll('\u00a0', ' '), SAID);
    expect(readMarkdownText(markdown, 1)).toBe('People choose for themselves.');
    expect(readMarkdownText(markdown, 3)).toBe('We start with food.');
    expect(readMarkdownText(markdown, 4)).toBe('We thought of a hotline.');
    const [overview] = root.children.filter((node) => node.type === 'table');
    expect(overview?.children).toHaveLength(13);
  });

  it('says so in Word, with tables, and links that lead somewhere', async () => {
    const body = (await readParts(await render(document, 'docx'))).get('word/document.xml') ?? '';
    const paragraphs = readParagraphs(body);
    inOrder(paragraphs.map(({ text }) => text).join('\n'));
    const styleOf = (start: string) => paragraphs.find(({ text }) => text.startsWith(start))?.style;
    expect([styleOf('Newer words'), styleOf('Later'), styleOf('\u2068River')]).toEqual([
      'Heading2',
      'Heading3',
      'Dissent',
    ]);
    const anchors = Array.from(body.matchAll(/w:anchor="([^"]*)"/g), ([, anchor]) => anchor);
    expect(anchors).toHaveLength(14);
    for (const anchor of anchors) expect(body).toContain(`w:name="${anchor}"`);
  });

  itWithPoppler('says so in a PDF for every reader, its first page first', async () => {
    const pdf = await render(document, 'pdf');
    const pages = pdfText(pdf).replace(/\s+/g, ' ');
    inOrder(pages);
    expect(unpackPdf(pdf)).toContain('<pdfuaid:part>1</pdfuaid:part>');
    const tags = pdfTags(pdf);
    for (const tag of ['Table', 'TH', 'TD', 'H1', 'H2', 'H3', 'Link', 'BlockQuote'])
      expect(tags).toMatch(new RegExp(`^ *${tag}\\b`, 'm'));
  });

  it('keeps what is agreed and what is not apart in who does what by when, in order of days', async () => {
    const tasks = await agreedPlan('en', 'who-does-what');
    expect(tasks.sections).toEqual([]);
    const markdown = (await render(tasks, 'md')).toString('utf8');
    inOrder(markdown, [
      '## Who does what by when',
      '### Agreed',
      'What we will do: Agreed on 21 November 2026.',
      '20 December 2026',
      '1 March 2027',
      '### Still open',
      'This is not agreed.',
      'Paint the wall',
      '(lifted out)',
      'Talk to the police',
    ]);
    expect(markdown.match(/Cook together/g)).toHaveLength(1);
    expect(markdown).not.toMatch(/Fingerprint|People choose/);
  });

  itWithPoppler('has who does what by when on one page', async () => {
    const pdf = await render(await agreedPlan('en', 'who-does-what'), 'pdf');
    expect(pdfText(pdf)).toMatch(/\b1 ?\/ ?1\b/);
  });

  it('speaks Arabic throughout', async () => {
    const markdown = (await render(await agreedPlan('ar'), 'md')).toString('utf8');
    inOrder(markdown, [
      'بعض هذه الوثيقة متفق عليه وبعضها مفتوح.',
      'بانتظار الحلقة 2 وShore',
      'لدى River قلق:',
      'كلمات أحدث، لم يُتفق عليها',
      'أُخرج جانبًا وما زال مفتوحًا',
      'سجل الاتفاق',
      HASH,
    ]);
    expect(markdown).not.toMatch(/exports\.|Agreed|Open\./);
  });

  it('without a single agreement has no record to show', async () => {
    const records = agreedRecords().map((record) => ({ ...record, agreement: null }));
    const input = {
      kind: 'plan',
      part: 'document',
      title: 'T',
      circles: [],
      records,
    } as const;
    const open = buildExportDocument(input, await loadMessages('en'), 'en');
    expect(open.chapters.map(({ key }) => key)).toEqual(['tasks']);
    expect(open.summary[0]?.runs[0]?.text).toMatch(/^Nothing in this document is agreed yet/);
  });
});
