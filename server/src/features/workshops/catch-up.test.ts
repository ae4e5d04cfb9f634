import { describe, expect, it } from '@jest/globals';
import type { CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { DocumentId } from '@longtable/shared/ids';
import { MAX_CATCH_UP_LINES } from '@longtable/shared/protocol/http/here';
import { catchUpLines, firstSentence, type ToldSection } from './catch-up.ts';

const content = (section: string, text: string, fields: CanonicalField[] = []): CanonicalSection => ({
  v: 1,
  section,
  blocks: text === '' ? [] : [{ kind: 'paragraph', runs: [{ text }] }],
  fields,
});
const told = (
  document: DocumentKind,
  section: string,
  text = '',
  more: Partial<ToldSection> = {},
): ToldSection => ({
  documentId: document as string as DocumentId,
  document,
  section,
  isFirst: true,
  isAgreed: false,
  isInRound: false,
  content: content(section, text),
  ...more,
});
const here = { documentId: 'definition' as DocumentId, section: 'why' };
const agreed = { isAgreed: true };
const shape = (sections: ToldSection[]) =>
  catchUpLines(sections, here).map((line) =>
    line.line === 'words' ? `${line.isAgreed ? 'agreed' : 'drafted'} ${line.section}` : line.line,
  );

describe('what happened so far', () => {
  it('at the beginning: nothing yet, and where we are', () => {
    expect(catchUpLines([told('definition', 'our-words'), told('definition', 'why')], here)).toEqual([
      { line: 'nothing' },
      {
        line: 'here',
        documentId: 'definition',
        document: 'definition',
        section: 'why',
        isInRound: false,
      },
    ]);
  });

  it('later: what is agreed and its weightiest words, what is being written, where we are', () => {
    const sections = [
      told('definition', 'our-words', 'One.', agreed),
      told('definition', 'why', 'Two.'),
      told('definition', 'in-short', 'Three.', agreed),
      told('plan', 'what-we-will-do', 'Four.', agreed),
    ];
    expect(shape(sections)).toEqual([
      'agreed',
      'agreed in-short',
      'agreed what-we-will-do',
      'drafted',
      'here',
    ]);
  });

  it('tells of drafts where little is agreed', () => {
    const sections = [
      told('definition', 'what-we-know', 'One.'),
      told('definition', 'our-words', 'Two.'),
      told('definition', 'why', 'Three.', { isInRound: true }),
    ];
    expect(shape(sections)).toEqual(['agreed', 'drafted', 'drafted why', 'drafted our-words', 'here']);
    expect(catchUpLines(sections, here)).toMatchObject([
      { count: 0, total: 3 },
      { count: 3 },
      {},
      {},
      { isInRound: true },
    ]);
  });

  it('names the first few of what is being written, and counts all', () => {
    const keys = ['our-words', 'what-happens', 'here-among-us', 'who-is-at-risk', 'why'];
    const drafted = catchUpLines(
      keys.map((key) => told('definition', key, 'Words.')),
      here,
    ).find(({ line }) => line === 'drafted');
    expect(drafted).toMatchObject({
      count: 5,
      sections: [{ section: 'our-words' }, { section: 'what-happens' }, { section: 'here-among-us' }],
    });
  });

  it('counts what lies on the table, and beyond it only what has words', () => {
    const sections = [
      told('definition', 'why', 'One.', agreed),
      told('definition', 'our-words'),
      told('definition', 'who-must-act', '', { isFirst: false }),
      told('definition', 'what-we-know', 'Two.', { isFirst: false }),
    ];
    expect(catchUpLines(sections, here)[0]).toEqual({ line: 'agreed', count: 1, total: 3 });
  });

  it('is never longer than five lines, whatever is there', () => {
    for (let bits = 0; bits < 81; bits += 1) {
      const state = (at: number) => Math.floor(bits / 3 ** at) % 3;
      const sections = ['our-words', 'what-happens', 'why', 'in-short'].map((key, at) =>
        told('definition', key, state(at) > 0 ? 'Words.' : '', { isAgreed: state(at) === 2 }),
      );
      const lines = catchUpLines(sections, here);
      expect(lines.length).toBeLessThanOrEqual(MAX_CATCH_UP_LINES);
      expect(lines.at(-1)!.line).toBe('here');
    }
  });
});

describe('the first sentence of a section', () => {
  const of = (text: string) => firstSentence(told('definition', 'why', text));

  it.each([
    ['English', 'People are sold promises. We begin there.', 'People are sold promises.'],
    ['a question', 'Who profits? We asked around.', 'Who profits?'],
    ['Arabic', 'يُباع للناس وعود. نبدأ من هنا.', 'يُباع للناس وعود.'],
    ['an Arabic question', 'من يربح؟ سألنا من حولنا.', 'من يربح؟'],
    ['no end', 'words without an end', 'words without an end'],
  ])('ends where a sentence ends: %s', (_, text, expected) => {
    expect(of(text)).toBe(expected);
  });

  it.each([
    ['English', 'word '.repeat(100)],
    ['Arabic', 'كلمة '.repeat(100)],
  ])('is cut between two words where it is long: %s', (_, text) => {
    const cut = of(text);
    expect([...cut].length).toBeLessThanOrEqual(160);
    expect(cut).toMatch(/[a-zة]…$/u);
  });

  it('leaves out headings, blank lines and the space around', () => {
    const section = told('definition', 'why', '', {
      content: {
        ...content('why', ''),
        blocks: [
          { kind: 'heading', level: 1, runs: [{ text: 'Causes' }] },
          { kind: 'paragraph', runs: [] },
          {
            kind: 'bullet',
            runs: [{ text: '  Rent is ' }, { text: 'high', bold: true }, { text: '. More.' }],
          },
        ],
      },
    });
    expect(firstSentence(section)).toBe('Rent is high.');
  });

  it('is of the first field with words where there is no running text, and never the key of a choice', () => {
    const causes = templateFor('definition').sections.find(({ key }) => key === 'why')!.fields[0]!.key;
    const rows: CanonicalField = {
      key: causes,
      kind: 'rows',
      rows: [{ level: 'community' }, { level: 'community', cause: 'Debt. And rent.' }],
    };
    const section = told('definition', 'why', '', { content: content('why', '', [rows]) });
    expect(firstSentence(section)).toBe('Debt.');
  });

  it('is empty where nothing is written', () => {
    expect(of('')).toBe('');
  });
});
