import { expect, it } from '@jest/globals';
import { loadMessages } from '@longtable/shared/locales/messages';
import { agreedRecords, RIVER } from '../../testing/exports/agreed-plan.ts';
import { buildExportDocument } from './build-document.ts';

it.each([
  ['en', 'River (police · funder)'],
  ['ar', 'River (شرطة · ممول)'],
] as const)('what a circle is stands beside its name in a file too, in %s', async (locale, named) => {
  const circles = [{ id: RIVER, number: 1, name: 'River', labels: ['police' as const, 'funder' as const] }];
  const input = { kind: 'plan', part: 'document', title: 'T', circles, records: agreedRecords() } as const;
  const text = JSON.stringify(buildExportDocument(input, await loadMessages(locale), locale));
  // In the record and beside what it said; what people wrote in a table themselves stays as they wrote it.
  expect(text.split(named).length).toBeGreaterThan(3);
});
