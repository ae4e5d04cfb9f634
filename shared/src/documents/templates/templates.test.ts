import { describe, expect, it } from '@jest/globals';
import { LongtableError } from '../../errors.ts';
import { CircleKind } from '../../protocol/http/circles.ts';
import { DocumentKind, TemplateKey, type Column, type Field, type Section } from '../template.ts';
import { partnershipTemplateFor } from './partnership-templates.ts';
import { sectionOf, templateFor } from './templates.ts';

const sections = DocumentKind.options.flatMap((kind) => templateFor(kind).sections);
const fields = sections.flatMap((section) => section.fields);
const columnsOf = (field: Field): readonly Column[] => (field.kind === 'rows' ? field.columns : []);
const columns = fields.flatMap(columnsOf);
const keysOf = (things: readonly { key: string }[]) => things.map((thing) => thing.key);
const starred = (kind: DocumentKind) =>
  templateFor(kind)
    .sections.filter((section) => section.isStarred)
    .map((section) => section.number);

describe('the document templates (domain.md part 3)', () => {
  it('hold every section in order', () => {
    const numbers = (kind: DocumentKind) => templateFor(kind).sections.map((section) => section.number);
    const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
    expect(numbers('agreement')).toEqual(upTo(13));
    expect(numbers('definition')).toEqual(upTo(12));
    expect(numbers('plan')).toEqual(upTo(12));
  });

  it('star the sections that every seated circle is asked to mark', () => {
    expect(starred('agreement')).toEqual([2, 3, 4, 5, 6, 7, 8, 10, 11, 13]);
    expect(starred('definition')).toEqual([1, 2, 3, 5, 6, 7, 12]);
    expect(starred('plan')).toEqual([1, 3, 4, 5, 6, 7, 9, 11, 12]);
  });

  it('use short keys, unique wherever they are looked up', () => {
    const groups: (readonly { key: string }[])[] = [
      ...DocumentKind.options.map((kind) => templateFor(kind).sections),
      ...sections.map((section) => section.fields),
      ...fields.map(columnsOf),
    ];
    for (const keys of groups.map(keysOf)) expect(new Set(keys).size).toBe(keys.length);
    const options = columns.flatMap((column) => ('options' in column ? column.options : []));
    for (const key of [...groups.flatMap(keysOf), ...options]) expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('keep an option to one closed list, since it has one text', () => {
    const listOf = new Map<string, readonly string[]>();
    for (const column of columns) {
      if (!('options' in column)) continue;
      for (const option of column.options) {
        expect(listOf.get(option) ?? column.options).toBe(column.options);
        listOf.set(option, column.options);
      }
    }
  });
});

describe('what the templates never ask', () => {
  /** Words in a field's key that would ask for one's own story, identity, or a condition of being believed. */
  const STORY_AND_IDENTITY = [
    'name',
    'surname',
    'birth',
    'birthday',
    'age',
    'gender',
    'sex',
    'sexuality',
    'religion',
    'belief',
    'ethnicity',
    'race',
    'caste',
    'nationality',
    'origin',
    'language',
    'passport',
    'id',
    'visa',
    'address',
    'phone',
    'email',
    'photo',
    'face',
    'story',
    'testimony',
    'trauma',
    'abuse',
    'diagnosis',
    'health',
    'hiv',
    'drugs',
    'abstinence',
    'sobriety',
    'survivor',
    'victim',
    'trafficker',
    'exploiter',
    'arrest',
    'conviction',
    'case',
    'report',
  ];
  /** "Who must report by law" is about an office's duty and names a role. */
  const ABOUT_OFFICES = ['must-report'];

  it('has no field for a story or an identity', () => {
    for (const key of [...keysOf(fields), ...keysOf(columns)]) {
      if (ABOUT_OFFICES.includes(key)) continue;
      const asked = key.split('-').filter((word) => STORY_AND_IDENTITY.includes(word));
      expect({ key, asked }).toEqual({ key, asked: [] });
    }
  });

  it('has no way to require anything', () => {
    const allowed = {
      section: ['fields', 'heard', 'isStarred', 'key', 'number'],
      field: ['audience', 'columns', 'key', 'kind'],
      column: ['key', 'kind', 'options'],
    };
    const strange = (things: readonly object[], known: string[]) =>
      things.flatMap((thing) => Object.keys(thing)).filter((property) => !known.includes(property));
    expect(strange(sections, allowed.section)).toEqual([]);
    expect(strange(fields, allowed.field)).toEqual([]);
    expect(strange(columns, allowed.column)).toEqual([]);
  });

  it('offers no choice that would say what kind of circle someone is in', () => {
    const kinds = CircleKind.options.map((kind) => kind.toLowerCase());
    const outing = ['survivor-led', 'worker-led', 'peer-led', 'families', ...kinds];
    for (const column of columns) {
      if ('options' in column) expect(column.options.filter((option) => outing.includes(option))).toEqual([]);
    }
  });

  it('keeps safety practices inside the circle that wrote them, and nothing else apart from them', () => {
    const circleFields = sections.flatMap((section: Section) =>
      section.fields
        .filter((field) => field.audience === 'circle')
        .map((field) => `${section.key}/${field.key}`),
    );
    expect(circleFields).toEqual(['keeps-people-safe/safety-practices', 'keeping-safety-practices/reasons']);
    const shared = fields.filter((field) => field.audience === 'partnership').flatMap(columnsOf);
    expect(keysOf(shared).filter((key) => key === 'practice')).toEqual([]);
  });
});

describe('sectionOf', () => {
  it('finds a section by document and key', () => {
    expect(sectionOf('definition', 'our-words').number).toBe(1);
  });

  it('answers notFound for a key of another document or of none', () => {
    for (const key of ['power-map', 'no-such-section', '']) {
      expect(() => sectionOf('definition', key)).toThrow(new LongtableError('notFound'));
    }
  });
});

describe('the partnership templates', () => {
  it.each(TemplateKey.options)('%s lays out all three documents, with sections that exist', (key) => {
    const { documents } = partnershipTemplateFor(key);
    expect(documents.map((document) => document.kind).sort()).toEqual([...DocumentKind.options].sort());
    for (const { kind, shownFirst } of documents) for (const section of shownFirst) sectionOf(kind, section);
  });

  it('full shows every section', () => {
    for (const { kind, shownFirst } of partnershipTemplateFor('full').documents) {
      expect(shownFirst).toEqual(keysOf(templateFor(kind).sections));
    }
  });

  it('one evening shows eight starred sections first', () => {
    const numbers = partnershipTemplateFor('one-evening').documents.map(({ kind, shownFirst }) => ({
      kind,
      first: shownFirst
        .map((key) => sectionOf(kind, key))
        .map((section) => [section.number, section.isStarred]),
    }));
    const all = (...wanted: number[]) => wanted.map((number) => [number, true]);
    expect(numbers).toEqual([
      { kind: 'definition', first: all(1, 2, 5, 12) },
      { kind: 'plan', first: all(1, 3, 5, 11) },
      { kind: 'agreement', first: [] },
    ]);
  });
});
