import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { ExportFormat, ExportPart } from '@longtable/shared/protocol/http/documents';
import type { Person } from './person.ts';

export interface TakenFile {
  name: string;
  content: Buffer;
}

/** Takes the document on screen along, by its dialog. */
export async function take(
  person: Person,
  format: ExportFormat,
  part: ExportPart = 'document',
): Promise<TakenFile> {
  await person.button('export.open').click();
  const dialog = person.page.getByRole('dialog', { name: person.t('export.title') });
  await expect(dialog.getByRole('heading', { name: person.t('export.inside') })).toBeVisible();
  if (part !== 'document') await dialog.getByRole('radio', { name: person.t(`export.part.${part}`) }).check();
  const started = person.page.waitForEvent('download');
  await dialog.getByRole('button', { name: person.t(`export.${format}`) }).click();
  const download = await started;
  const name = download.suggestedFilename();
  await expect(dialog.getByText(person.t('export.done', { name }))).toBeVisible();
  await dialog.getByRole('button', { name: person.t('close'), exact: true }).click();
  return { name, content: await readFile(await download.path()) };
}
