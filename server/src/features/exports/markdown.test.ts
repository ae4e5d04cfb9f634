import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { BlockKind, CanonicalBlock, Run } from '@longtable/shared/documents/canonical';
import { renderMarkdown } from './markdown.ts';
import { hostileText } from '../../testing/exports/hostile-text.ts';
import { parseMarkdown, readMarkdownText, textOf } from '../../testing/exports/read-markdown.ts';
import { block, sampleDocument, sampleSections } from '../../testing/exports/sample.ts';

const SECTION = 'what-we-will-do';
const NUMBER = 3;
/** 30,000 of each pass too, in two minutes. */
const RUNS = 500;

const exported = async (blocks: CanonicalBlock[]) =>
  renderMarkdown(await sampleSections('plan', { [SECTION]: { blocks } })).toString('utf8');

/** The longest documents that the limits allow take seconds on a busy machine. */
jest.setTimeout(60_000);

describe('a Markdown export, read back by a CommonMark parser', () => {
  it('gives back any text of one block, character for character', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileText,
        fc.constantFrom<BlockKind>('paragraph', 'heading', 'bullet', 'number', 'quote'),
        async (text, kind) => {
          expect(readMarkdownText(await exported([block(text, kind)]), NUMBER)).toBe(text);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('gives back many blocks of every kind, indent and mark in order', async () => {
    const run = fc.record(
      {
        text: hostileText.filter((text) => text !== ''),
        bold: fc.constant(true as const),
        italic: fc.constant(true as const),
        href: fc.constantFrom('https://example.org/a_(b)?c=d&e', 'mailto:a@b.example'),
      },
      { requiredKeys: ['text'] },
    ) as fc.Arbitrary<Run>;
    const anyBlock = fc.record({
      kind: fc.constantFrom<BlockKind>('paragraph', 'heading', 'bullet', 'number', 'quote'),
      level: fc.integer({ min: 1, max: 3 }),
      indent: fc.integer({ min: 0, max: 5 }),
      runs: fc.array(run, { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyBlock, { maxLength: 8 }), async (blocks) => {
        const expected = blocks.map(({ runs }) => runs.map((one) => one.text).join('')).join('\n');
        expect(readMarkdownText(await exported(blocks), NUMBER)).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    '',
    ' ',
    '\n',
    '\n\n',
    '\n\na',
    'a\n',
    'a\n\n\n',
    'a\n \nb',
    '\ta\t\n\tb',
    'a\r\nb\rc',
    '  a',
    'a  \n  b',
    'a\\',
    'a\\\nb',
    '\\\n',
    '```\n---',
  ])('keeps the line ends and edges of %j', async (text) => {
    for (const kind of ['paragraph', 'heading', 'quote', 'bullet'] as const) {
      expect(readMarkdownText(await exported([block(text, kind)]), NUMBER)).toBe(text);
    }
  });

  it('keeps lists nested, quotes together, marks and links', async () => {
    const markdown = await exported([
      block('Heading', 'heading', { level: 3 }),
      {
        kind: 'paragraph',
        runs: [
          { text: 'See ' },
          { text: 'the ', bold: true },
          { text: 'law', bold: true, italic: true },
          { text: ' here', href: 'https://example.org/a_b' },
        ],
      },
      block('one', 'bullet'),
      block('one a', 'number', { indent: 1 }),
      block('one b', 'number', { indent: 1 }),
      block('two', 'bullet'),
      block('first', 'quote'),
      block('second\nline', 'quote'),
    ]);
    const text = markdown.slice(markdown.indexOf('## 3.'), markdown.indexOf('## 4.'));
    expect(text.split('\n').slice(5).join('\n').trimEnd()).toBe(`### Heading

See **the** **_law_** [here](https://example.org/a_b)

- one
  1. one a
  2. one b
- two

> first
>
> second\\
> line`);
  });

  it('keeps the number of an item after an empty one', async () => {
    const markdown = await exported([block('one', 'number'), block('', 'number'), block('three', 'number')]);
    expect(markdown).toContain('1. one\n2.\n3. three');
    expect(readMarkdownText(markdown, NUMBER)).toBe('one\n\nthree');
  });

  it('never mistakes our own sentence for words of a section', async () => {
    const document = await sampleDocument('plan', {});
    const markdown = renderMarkdown(document).toString('utf8');
    expect(readMarkdownText(markdown, NUMBER)).toBe('');
    expect(markdown.split(document.labels.nothingWritten)).toHaveLength(13);
  });

  it('drops the address of a link that a reader could not judge, and keeps its words', async () => {
    const markdown = await exported([
      {
        kind: 'paragraph',
        runs: [
          { text: 'tap', href: 'javascript:alert(1)' },
          { text: ' me', href: 'data:text/html,x' },
        ],
      },
    ]);
    expect(readMarkdownText(markdown, NUMBER)).toBe('tap me');
    expect(markdown).not.toMatch(/javascript|data:/);
  });
});

describe('fields in a Markdown export', () => {
  const fieldsOf = async (rows: Record<string, string>[]) => {
    const document = await sampleSections('plan', {
      [SECTION]: { blocks: [block('Words')], fields: [{ key: 'activities', kind: 'rows', rows }] },
    });
    const markdown = renderMarkdown(document).toString('utf8');
    expect(readMarkdownText(markdown, NUMBER)).toBe('Words');
    const root = parseMarkdown(markdown);
    const start = root.children.findIndex(
      (node) => node.type === 'heading' && textOf(node).startsWith('3. '),
    );
    const field = root.children.slice(start).find(({ type }) => type === 'table' || type === 'list');
    return { markdown, field };
  };

  it('are a table with a header row whose cells read back exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileText.map((text) => text.replace(/[\r\n]/g, '')).filter((text) => text !== ''),
        async (text) => {
          const { field } = await fieldsOf([{ activity: text, start: '2026-11-21' }]);
          if (field?.type !== 'table') throw new Error('not a table');
          const [head, row] = field.children;
          expect(head?.children).toHaveLength(5);
          expect(row?.children.map(textOf)).toEqual([text, '', '', '21 November 2026', '']);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('become numbered items with labels where a cell has more than one line', async () => {
    const { field } = await fieldsOf([
      { activity: 'Meet\nand eat' },
      { activity: 'Write', partner: 'A shop' },
    ]);
    if (field?.type !== 'list') throw new Error('not a list');
    expect(field.ordered).toBe(true);
    expect(field.children.map((item) => item.children.map(textOf))).toEqual([
      [expect.stringMatching(/: Meet\nand eat$/)],
      [expect.stringMatching(/: Write$/), expect.stringMatching(/: A shop$/)],
    ]);
  });
});

const TRACE = new URL('../../../../bench/traces/automerge-paper.json.gz', import.meta.url);

describe('a paper of 105,000 characters in one block', () => {
  it('reads back equal within seconds', async () => {
    const { endContent } = JSON.parse(gunzipSync(readFileSync(TRACE)).toString('utf8')) as {
      endContent: string;
    };
    const started = performance.now();
    const markdown = await exported([block(endContent)]);
    expect(readMarkdownText(markdown, NUMBER)).toBe(endContent);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
