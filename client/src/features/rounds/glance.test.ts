import { expect, it } from '@jest/globals';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { DocumentId } from '@longtable/shared/ids';
import type { SectionStanding, Standing } from '@longtable/shared/protocol/http/standing';
import { glanceAt } from './glance.ts';

type Where = SectionStanding['standing'];

const document = (kind: DocumentKind, stands: Record<string, Where>) => ({
  id: kind as string as DocumentId,
  kind,
  sections: templateFor(kind).sections.map(({ key }) => ({
    section: key,
    standing: stands[key] ?? ('open' as const),
  })),
});
const table = (definition: Record<string, Where>, plan: Record<string, Where> = {}): Standing =>
  ({
    documents: [document('definition', definition), document('plan', plan), document('agreement', {})],
  }) as unknown as Standing;

it('counts the sections of the template, not all that there could be', () => {
  const nothing = table({});
  expect(glanceAt(nothing, 'one-evening')).toMatchObject({ total: 8, open: 8, agreed: 0 });
  expect(glanceAt(nothing, 'full').total).toBeGreaterThan(30);
});

it('says where sections stand, for one document or for the whole table', () => {
  const standing = table(
    { 'our-words': 'agreed', why: 'inRound', 'in-short': 'waiting' },
    { 'what-we-will-do': 'changed' },
  );
  expect(glanceAt(standing, 'one-evening')).toEqual({
    agreed: 1,
    inRound: 1,
    waiting: 1,
    changed: 1,
    open: 4,
    total: 8,
  });
  expect(glanceAt(standing, 'one-evening', 'definition' as DocumentId)).toMatchObject({
    agreed: 1,
    changed: 0,
    open: 1,
    total: 4,
  });
});

it('counts a section from further down once the circles have been asked about it', () => {
  const standing = table({ 'who-must-act': 'inRound', 'what-we-know': 'open' });
  expect(glanceAt(standing, 'one-evening')).toMatchObject({ inRound: 1, total: 9 });
});

it('is nothing for a document of which nothing lies on the table', () => {
  expect(glanceAt(table({}), 'one-evening', 'agreement' as DocumentId).total).toBe(0);
});
