import { expect, type Locator } from '@playwright/test';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { Phase } from '@longtable/shared/rounds/round';
import type { Person } from './person.ts';

/** A section by its name: in the list of a round, or in what waits for a circle. */
export const linkTo = (
  person: Person,
  kind: DocumentKind,
  section: number,
  within: Locator | Person['page'] = person.page,
): Locator => within.getByRole('link', { name: person.sectionTitle(kind, section) }).first();

export const inRound = ({ page }: Person): Locator => page.getByRole('article');

/** Chooses an answer and, where one is wanted, writes its reason. */
export async function answer(person: Person, position: string, reason?: string): Promise<void> {
  const own = person.page.getByRole('region', { name: person.t('answer.title') });
  await own.getByText(person.t(`answer.${position}`), { exact: true }).click();
  if (reason !== undefined) await person.page.getByLabel(person.t(`answer.reason.${position}`)).fill(reason);
  await person.button('answer.give').click();
}

/** A facilitator moves the conversation. */
export async function toStep(person: Person, phase: Phase): Promise<void> {
  await person.page
    .locator('button.phase-step')
    .filter({ hasText: person.t(`round.${phase}`) })
    .click();
  await expect(person.page.locator('[aria-current="step"]')).toContainText(person.t(`round.${phase}`));
}
