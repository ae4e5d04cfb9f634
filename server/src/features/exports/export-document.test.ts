import { describe, expect, it } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import { buildExportDocument } from './build-document.ts';
import type { ExportBlock, ExportList } from './export-document.ts';
import { block, openRecord, sampleSections } from '../../testing/exports/sample.ts';

const blocksOf = async (blocks: ReturnType<typeof block>[]) =>
  (await sampleSections('plan', { 'what-we-will-do': { blocks } })).sections[0]?.passages[0]?.blocks ?? [];

const words = (blocks: ExportBlock[]): unknown =>
  blocks.map((each) =>
    each.kind === 'list' ? listWords(each) : each.line.runs.map(({ text }) => text).join(''),
  );
const listWords = (list: ExportList): unknown =>
  list.items.map((item) => [item.line.runs.map(({ text }) => text).join(''), ...item.lists.map(listWords)]);

describe('the document that every format writes down', () => {
  it('nests flat items by indent, never more than one step at a time', async () => {
    const items = [0, 1, 1, 4, 0, 2].map((indent, index) => block(String(index), 'bullet', { indent }));
    expect(words(await blocksOf(items))).toEqual([
      [
        ['0', [['1'], ['2', [['3']]]]],
        ['4', [['5']]],
      ],
    ]);
  });

  it('begins a new list where the kind changes or something else stands between', async () => {
    const blocks = await blocksOf([
      block('a', 'number'),
      block('b', 'bullet'),
      block('c'),
      block('d', 'bullet'),
    ]);
    expect(words(blocks)).toEqual([[['a']], [['b']], 'c', [['d']]]);
  });

  it('never skips a level of heading going down', async () => {
    const levels = [3, 3, 1, 3].map((level) => block('x', 'heading', { level }));
    expect((await blocksOf(levels)).map((each) => each.kind === 'heading' && each.level)).toEqual([
      1, 2, 1, 2,
    ]);
  });

  it('leaves out blank paragraphs and keeps blank items', async () => {
    expect(
      words(
        await blocksOf([
          block(''),
          block('a'),
          block('', 'quote'),
          block('', 'number'),
          block('b', 'number'),
        ]),
      ),
    ).toEqual(['a', [[''], ['b']]]);
  });

  it('says once whose words quotes are, and where words were taken back', async () => {
    const [theirs, gone] = ['a2c3f1de-5c39-4b39-9a29-0d5b0a0a1f01', 'b2c3f1de-5c39-4b39-9a29-0d5b0a0a1f02'];
    const quote = (text: string, cites?: string) => block(text, 'quote', cites ? { cites } : {});
    const records = [
      openRecord('what-we-will-do', {
        blocks: [
          quote('debts', theirs),
          quote('no papers', theirs),
          quote('nobody’s'),
          block('item', 'bullet'),
          quote('fear', theirs),
          quote('taken back since', gone),
          quote('', theirs),
          quote('', gone),
        ],
      }),
    ];
    const circle = { id: 'c2c3f1de-5c39-4b39-9a29-0d5b0a0a1f03' as CircleId, number: 2, name: 'Baobab' };
    const document = buildExportDocument(
      {
        kind: 'plan',
        part: 'document',
        title: 'x',
        circles: [circle],
        records,
        quoted: new Map([[theirs, circle.id]]),
      },
      await loadMessages('en'),
      'en',
    );
    expect(words(document.sections[0]!.passages[0]!.blocks)).toEqual([
      'In the words of \u2068Baobab\u2069:',
      'debts',
      'no papers',
      'A quote:',
      'nobody’s',
      [['item']],
      'In the words of \u2068Baobab\u2069:',
      'fear',
      'A quote:',
      'taken back since',
      'Words were taken back here.',
    ]);
  });

  it('leaves out fields that only a circle may read, even where one came in', async () => {
    const document = await sampleSections('definition', {
      'keeps-people-safe': {
        fields: [{ key: 'safety-practices', kind: 'rows', rows: [{ practice: 'canary' }] }],
      },
    });
    expect(document.sections).toHaveLength(1);
    expect(JSON.stringify(document)).not.toContain('canary');
  });

  it('finds a text for every section, field, column and option of every template, in every language', async () => {
    for (const locale of ['en', 'ar'] as const) {
      for (const kind of ['agreement', 'definition', 'plan'] as const) {
        const document = await sampleSections(kind, await everything(kind), locale);
        expect(JSON.stringify(document)).not.toMatch(/document\.\w+\.|option\.|exports\.|"label":""/);
      }
    }
  });

  it('ignores sections that the template does not have', async () => {
    const messages = await loadMessages('en');
    const records = [openRecord('no-such-section', { blocks: [block('x')] })];
    const input = {
      kind: 'plan',
      part: 'document',
      title: 'T',
      circles: [],
      records,
    } as const;
    expect(buildExportDocument(input, messages, 'en').sections).toEqual([]);
  });
});

/** One row in every table, with every option chosen. */
async function everything(kind: 'agreement' | 'definition' | 'plan') {
  const { templateFor } = await import('@longtable/shared/documents/templates/templates');
  return Object.fromEntries(
    templateFor(kind).sections.map((section) => [
      section.key,
      {
        fields: section.fields.map((field) =>
          field.kind === 'text'
            ? { key: field.key, kind: 'text' as const, text: 'words' }
            : {
                key: field.key,
                kind: 'rows' as const,
                rows: [
                  Object.fromEntries(
                    field.columns.map((column) => [
                      column.key,
                      column.kind === 'text'
                        ? 'words'
                        : column.kind === 'date'
                          ? '2026-11-21'
                          : column.kind === 'choices'
                            ? [...column.options]
                            : (column.options[0] ?? ''),
                    ]),
                  ),
                ],
              },
        ),
      },
    ]),
  );
}
