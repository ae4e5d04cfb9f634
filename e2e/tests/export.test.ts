import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { columnLabelId, fieldLabelId, optionLabelId } from '@longtable/shared/documents/texts';
import { readParagraphs, readParts } from '../../server/src/testing/exports/read-docx.ts';
import {
  parseMarkdown,
  readMarkdownSection,
  textOf,
} from '../../server/src/testing/exports/read-markdown.ts';
import { longtable } from '../support/command-line.ts';
import { take } from '../support/downloads.ts';
import type { Person } from '../support/person.ts';
import { canReadPdf, pdfInfo, pdfWords } from '../support/poppler.ts';
import { ask, openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { agreed, type Writing } from '../support/writing.ts';

const server = ownServer();

/** Known inside the circle only: no file may hold any of these. */
const NAMES = ['Zephyrine Quill', 'Oluwaseun'];
const CIRCLE_NAME = 'Jacaranda';
const OURS_ALONE = 'nightjar at the third gate';
const PICTURES = ['kite', 'drum'];
const SECRETS = [...NAMES, 'Zephyrine', CIRCLE_NAME, OURS_ALONE, 'nightjar', ...PICTURES, 'bridge'];

const LINK = 'https://example.org/law?a=1&b=2';
const WRITTEN = {
  heading: 'How we say it',
  paragraph: 'We say people, never a case.',
  items: ['A worker is a worker', 'A neighbour is a neighbour'],
  quote: 'Call us by our own names.',
  link: 'Read the law & ask us',
  together: 'Two of us wrote this.',
};
const IN_ORDER = [
  WRITTEN.heading,
  WRITTEN.paragraph,
  ...WRITTEN.items,
  WRITTEN.quote,
  WRITTEN.link,
  WRITTEN.together,
];

async function writeSection(writing: Writing): Promise<void> {
  const { person } = writing;
  await writing.editor.focus();
  await writing.chooseKind('editor.kind.heading1');
  await writing.type(WRITTEN.heading);
  await writing.press('Enter');
  await writing.type('We say ');
  await writing.tool('editor.bold').click();
  await writing.type('people');
  await writing.tool('editor.bold').click();
  await writing.type(', never a case.');
  await writing.press('Enter');
  await writing.tool('editor.kind.bullet').click();
  await writing.type(WRITTEN.items[0]!);
  await writing.press('Enter');
  await writing.type(WRITTEN.items[1]!);
  await writing.press('Enter');
  // Enter on an empty item ends the list.
  await writing.press('Enter');
  await writing.chooseKind('editor.kind.quote');
  await writing.type(WRITTEN.quote);
  await writing.press('Enter');
  await writing.chooseKind('editor.kind.paragraph');
  await writing.type(WRITTEN.link);
  for (let letter = 0; letter < 'the law & ask us'.length; letter++) await writing.press('Shift+ArrowLeft');
  await writing.tool('editor.link').click();
  await writing.area.getByLabel(person.t('link.address')).fill(LINK);
  await writing.area.getByRole('button', { name: person.t('link.set') }).click();
}

/** Adds a row to a field and fills it: texts are typed, choices and days are chosen. */
async function addRow(
  person: Person,
  [kind, section, field]: ['definition' | 'plan', string, string],
  cells: Record<string, { text: string } | { option: string } | { day: string }>,
): Promise<void> {
  const region = person.page.getByRole('region', { name: person.t(fieldLabelId(kind, section, field)) });
  await region.getByRole('button', { name: person.t('row.add') }).click();
  const row = region.getByRole('listitem').last();
  for (const [column, cell] of Object.entries(cells)) {
    const input = row.getByLabel(person.t(columnLabelId(kind, section, field, column)), { exact: true });
    if ('text' in cell) await input.pressSequentially(cell.text);
    else if ('option' in cell) await input.selectOption({ label: person.t(optionLabelId(cell.option)) });
    else await input.fill(cell.day);
  }
}

test('PDF, Word and Markdown hold what was written, nothing of who wrote it, and the command line makes the same', async ({
  people,
}) => {
  const origin = server.now.url;
  const ana = await people.come(origin);
  const ben = await people.come(origin);
  const table = await setTable([ana, ben], { title: 'A safer market', names: NAMES });
  await ask(ana, 'patch', `/api/circles/${table.circleId}`, {
    seat: table.seats[0]!,
    body: { name: CIRCLE_NAME, kind: 'LE' },
  });
  const [a, b] = await openTogether([ana, ben], table, 'definition', 1);
  if (!a || !b) throw new Error('two people');

  await writeSection(a);
  await agreed([a, b]);
  await b.caretToEndOf(5);
  await b.press('Enter');
  await b.type(WRITTEN.together);
  expect((await agreed([a, b])).split('\n')).toEqual(IN_ORDER);
  await ana.circleWriting('definition', 1).type(OURS_ALONE);
  await ana.circleWriting('definition', 1).expectSaved('saved');
  await addRow(ana, ['definition', 'our-words', 'terms'], {
    term: { text: 'worker' },
    why: { text: 'it is what we do | and who we are' },
  });
  await a.expectSaved('saved');

  await ana.open(table.addressOf(0, 'definition', 9));
  const ninth = await ana.writing('definition', 9).ready();
  await addRow(ana, ['definition', 'what-we-know', 'claims'], {
    claim: { text: 'Rent went up twice' },
    'source-kind': { option: 'lived-experience' },
    confidence: { option: 'fairly-sure' },
    'known-on': { day: '2026-11-03' },
  });
  await ninth.expectSaved('saved');

  const files = { md: await take(ana, 'md'), docx: await take(ana, 'docx'), pdf: await take(ana, 'pdf') };
  expect(Object.values(files).map(({ name }) => name)).toEqual([
    'longtable-definition.md',
    'longtable-definition.docx',
    'longtable-definition.pdf',
  ]);
  await ana.open(table.addressOf(0, 'plan', 3));
  const third = await ana.writing('plan', 3).ready();
  await addRow(ana, ['plan', 'what-we-will-do', 'activities'], { activity: { text: 'Ask for fair rent' } });
  await third.expectSaved('saved');
  const tasks = await take(ana, 'md', 'who-does-what');
  expect(tasks.name).toBe('longtable-plan-who-does-what.md');
  expect(tasks.content.toString('utf8')).toMatch(/Who does what by when[^]*Still open[^]*Ask for fair rent/);
  const claim = [
    'Rent went up twice',
    ana.t(optionLabelId('lived-experience')),
    ana.t(optionLabelId('fairly-sure')),
  ];

  await test.step('Markdown', () => {
    const markdown = files.md.content.toString('utf8');
    const root = parseMarkdown(markdown);
    const section = readMarkdownSection(root, 1);
    expect(section.map((node) => node.type)).toEqual([
      'heading',
      'paragraph',
      'list',
      'blockquote',
      'paragraph',
      'paragraph',
    ]);
    const [heading, paragraph, list, quote, link, together] = section;
    expect(textOf(heading!)).toBe(WRITTEN.heading);
    expect(textOf(paragraph!)).toBe(WRITTEN.paragraph);
    expect(JSON.stringify(paragraph)).toMatch(
      /"type":"strong","children":\[\{"type":"text","value":"people"/,
    );
    expect(list?.type === 'list' && list.children.map(textOf)).toEqual(WRITTEN.items);
    expect(textOf(quote!)).toBe(WRITTEN.quote);
    expect(textOf(link!)).toBe(WRITTEN.link);
    expect(JSON.stringify(link)).toContain(`"url":${JSON.stringify(LINK)}`);
    expect(textOf(together!)).toBe(WRITTEN.together);
    expect(markdown).toContain(ana.t('exports.summary.none'));
    const tables = root.children.filter((node) => node.type === 'table');
    const cells = tables.flatMap((node) => node.children.slice(1)).map((row) => row.children.map(textOf));
    expect(cells).toContainEqual(['worker', 'it is what we do | and who we are']);
    expect(cells.some((row) => claim.every((value) => row.includes(value)))).toBe(true);
    for (const secret of SECRETS) expect(markdown.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  await test.step('Word', async () => {
    const parts = await readParts(files.docx.content);
    const xml = parts.get('word/document.xml') ?? '';
    const paragraphs = readParagraphs(xml);
    const find = (text: string) => paragraphs.find((paragraph) => paragraph.text === text);
    // On paper a link cannot be opened, so its address is printed behind it.
    const printed = IN_ORDER.map((text) => (text === WRITTEN.link ? `${text} (${LINK})` : text));
    const texts = paragraphs.map(({ text }) => text);
    expect(texts.filter((text) => printed.includes(text))).toEqual(printed);
    expect(find(WRITTEN.heading)?.style).toMatch(/^Heading/);
    expect(find(WRITTEN.quote)?.style).toBe('Quote');
    for (const item of WRITTEN.items)
      expect(find(item)).toMatchObject({ level: 0, list: expect.any(String) });
    expect(xml).toMatch(/<w:b\/>(?:(?!<\/w:r>).)*>people</);
    expect(parts.get('word/_rels/document.xml.rels')).toContain(LINK.replace('&', '&amp;'));
    for (const value of ['worker', 'it is what we do | and who we are', ...claim])
      expect(find(value)).toBeDefined();
    const everything = [...parts.values()].join('\n').toLowerCase();
    for (const secret of SECRETS) expect(everything).not.toContain(secret.toLowerCase());
    expect(everything).not.toMatch(/<dc:creator>[^<]|lastmodifiedby>[^<]/);
  });

  await test.step('PDF', () => {
    if (!canReadPdf()) {
      test.info().annotations.push({ type: 'skipped', description: 'reading the PDF needs poppler-utils' });
      return;
    }
    const words = pdfWords(files.pdf.content);
    const places = IN_ORDER.map((text) => words.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    for (const value of ['worker', 'it is what we do', 'Rent went up twice']) expect(words).toContain(value);
    const info = pdfInfo(files.pdf.content);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).not.toMatch(/Author|CreationDate/);
    for (const secret of SECRETS) expect(`${words}${info}`.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  await test.step('the command line', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'longtable-e2e-out-'));
    const settings = { DATA_DIR: server.now.dataDir, KEYS_DIR: server.now.keysDir };
    const export_ = (format: string) =>
      longtable(
        [
          'export',
          table.documents.definition,
          '--format',
          format,
          '--out',
          path.join(folder, `plan.${format}`),
        ],
        settings,
      );
    try {
      const refused = await export_('md');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain(`The data folder ${server.now.dataDir} is in use`);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
      people.expectOutages();
      await server.now.kill('SIGTERM');
      for (const [format, { content }] of Object.entries(files)) {
        expect(await export_(format)).toMatchObject({ code: 0, stderr: '' });
        expect((await readFile(path.join(folder, `plan.${format}`))).equals(content), format).toBe(true);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
