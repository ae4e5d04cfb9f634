import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import JSZip from 'jszip';
import { renderDocx } from './docx.ts';
import { hostileSections } from '../../testing/exports/hostile-sections.ts';
import { hostileText } from '../../testing/exports/hostile-text.ts';
import { readParagraphs, readParts } from '../../testing/exports/read-docx.ts';
import { richDocument } from '../../testing/exports/rich-document.ts';
import { block, sampleDocument, sampleSections } from '../../testing/exports/sample.ts';

const bodyOf = async (docx: Buffer) => (await readParts(docx)).get('word/document.xml') ?? '';

/** The longest documents that the limits allow take seconds on a busy machine. */
jest.setTimeout(60_000);

describe('a Word export', () => {
  let docx: Buffer;
  let parts: Map<string, string>;
  let body: string;
  beforeAll(async () => {
    docx = await renderDocx(await richDocument('en'));
    parts = await readParts(docx);
    body = parts.get('word/document.xml') ?? '';
  });

  it('has real headings, lists, quotes and line breaks', () => {
    const written = readParagraphs(body).filter(
      ({ style }) => !/^(Prompt|Quiet|Open|TableText)$/.test(style ?? ''),
    );
    const section = written.slice(written.findIndex(({ text }) => text === '3. What we will do'));
    expect(section.slice(0, 9).map(({ style, level, text }) => [style, level, text])).toEqual([
      ['Heading1', undefined, '3. What we will do'],
      ['Heading2', undefined, 'First steps'],
      ['Heading3', undefined, 'In the market'],
      [
        undefined,
        undefined,
        'We meet every week, as the law (https://example.org/law?a=1&b=2) asks.\nNobody has to come.',
      ],
      ['ListParagraph', 0, 'Tea'],
      ['ListParagraph', 1, 'Green'],
      ['ListParagraph', 1, 'Black'],
      ['ListParagraph', 0, 'Bread'],
      ['Quote', undefined, 'We are not a project.'],
    ]);
    const [tea, green, black, bread] = section.slice(4, 8).map(({ list }) => list);
    expect([tea === bread, green === black, tea === green]).toEqual([true, true, false]);
  });

  it('numbers every list from 1 with a numbering of its own', async () => {
    const blocks = [
      block('a', 'number'),
      block('between'),
      block('b', 'number'),
      block('c', 'number', { indent: 1 }),
      block('d', 'number'),
      block('e', 'number', { indent: 1 }),
    ];
    const read = await readParts(
      await renderDocx(await sampleSections('plan', { 'what-we-will-do': { blocks } })),
    );
    const lists = readParagraphs(read.get('word/document.xml') ?? '').flatMap(({ list }) => list ?? []);
    expect(lists).toHaveLength(5);
    expect(new Set(lists).size).toBe(4);
    for (const list of lists) expect(read.get('word/numbering.xml')).toContain(`<w:num w:numId="${list}">`);
  });

  it('has tables whose head row repeats on each page', () => {
    const [, table = ''] = body.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? [];
    expect(table.match(/<w:tr>/g)).toHaveLength(3);
    expect(table.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(readParagraphs(table).map(({ text }) => text)).toEqual([
      'What',
      'Which circle leads',
      'With whom',
      'Starts',
      'Ends',
      'Meet | talk',
      'River',
      '',
      '21 November 2026',
      '2 January 2027',
      'لقاء الأمهات\nفي السوق',
      '',
      'A shop',
      '',
      '',
    ]);
  });

  it('links to an address and to its own sections, and to nothing else', () => {
    const rels = parts.get('word/_rels/document.xml.rels') ?? '';
    const external = Array.from(
      rels.matchAll(/<Relationship\b[^>]*TargetMode="External"[^>]*\/>/g),
      ([tag]) => tag,
    );
    expect(external).toEqual([expect.stringContaining('Target="https://example.org/law?a=1&amp;b=2"')]);
    const ids = Array.from(rels.matchAll(/\bId="([^"]*)"/g), ([, id]) => id);
    expect(ids).toEqual(ids.map((_, index) => `rId${index + 1}`));
    for (const [, id] of body.matchAll(/\br:id="([^"]*)"/g)) expect(ids).toContain(id);
    for (const [, anchor] of body.matchAll(/w:anchor="([^"]*)"/g))
      expect(body).toContain(`w:name="${anchor}"`);
  });

  it('turns an Arabic document, its tables included, and leaves other scripts as they run', async () => {
    const arabic = await bodyOf(await renderDocx(await richDocument('ar')));
    const directionOf = (start: string) =>
      readParagraphs(arabic).find(({ text }) => text.startsWith(start))?.isRightToLeft;
    expect([directionOf('نلتقي'), directionOf('3. ماذا سنفعل'), directionOf('We meet')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(arabic).toContain('<w:bidiVisual/>');
    expect(readParagraphs(body).find(({ text }) => text.startsWith('نلتقي'))?.isRightToLeft).toBe(true);
  });

  it('holds only the parts and the metadata that we list', () => {
    expect([...parts.keys()]).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'docProps/app.xml',
      'docProps/core.xml',
      'word/_rels/document.xml.rels',
      'word/document.xml',
      'word/fontTable.xml',
      'word/footer1.xml',
      'word/numbering.xml',
      'word/settings.xml',
      'word/styles.xml',
    ]);
    const core = parts.get('docProps/core.xml') ?? '';
    expect(core.replace(/<\/?cp:coreProperties[^>]*>|<\?.*?\?>/g, '')).toBe(
      '<dc:title>Plan</dc:title><dc:language>en</dc:language>',
    );
    expect(parts.get('docProps/app.xml')).toMatch(/<Properties xmlns="[^"]*"\/>$/);
    const all = [...parts.values()].join('\n');
    expect(all).not.toMatch(
      /rsid|Un-named|creator|lastModifiedBy|w:ins\b|w:del\b|w:comment|20\d\d-\d\d-\d\dT/i,
    );
  });

  it('dates every entry of the file to the first day a ZIP knows', async () => {
    const zip = await JSZip.loadAsync(docx);
    for (const entry of Object.values(zip.files))
      expect(entry.date.toISOString()).toBe('1980-01-01T00:00:00.000Z');
  });

  it('is the same, byte for byte, for the same words', async () => {
    await renderDocx(await sampleDocument('agreement', {}));
    expect((await renderDocx(await richDocument('en'))).equals(docx)).toBe(true);
  });
});

describe('a Word export of what nobody foresaw', () => {
  it('keeps every letter that XML can hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileText.filter((text) => text !== ''),
        async (text) => {
          const body = await bodyOf(
            await renderDocx(await sampleSections('plan', { 'what-we-will-do': { blocks: [block(text)] } })),
          );
          const expected = text
            .replace(/\r\n?/g, '\n')
            .replace(/[\x01-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '\uFFFD');
          expect(readParagraphs(body).map((paragraph) => paragraph.text)).toContain(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes the names of its own fields as words', async () => {
    for (const word of ['CURRENT', 'TOTAL_PAGES', 'SECTION', 'CURRENT_SECTION', 'TOTAL_PAGES_IN_SECTION']) {
      const body = await bodyOf(
        await renderDocx(await sampleSections('plan', { 'what-we-will-do': { blocks: [block(word)] } })),
      );
      expect(readParagraphs(body).map(({ text }) => text)).toContain(word);
    }
  });

  it.each(hostileSections)('writes %s', async (_, written) => {
    const read = await readParts(
      await renderDocx(await sampleSections('plan', { 'what-we-will-do': written })),
    );
    expect(read.get('word/document.xml')).toMatch(/<\/w:document>$/);
  });

  it('writes 5,000 rows', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ activity: `Row ${index + 1}` }));
    const body = await bodyOf(
      await renderDocx(
        await sampleSections('plan', {
          'what-we-will-do': { fields: [{ key: 'activities', kind: 'rows', rows }] },
        }),
      ),
    );
    for (const number of [1, 2_500, 5_000]) expect(body).toContain(`>Row ${number}<`);
    expect(body.match(/<w:tr>/g)!.length).toBeGreaterThan(10_000);
  });
});
