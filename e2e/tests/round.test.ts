import type { Locator } from '@playwright/test';
import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { answer, inRound, linkTo as linkToSection, toStep } from '../support/rounds.ts';
import { ask, found, type Sitting } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** Without a star and with one, in the definition. */
const [PLAIN, STARRED] = [4, 5];

const title = (person: Person, section: number) => person.sectionTitle('definition', section);

const linkTo = (person: Person, section: number, within?: Locator): Locator =>
  linkToSection(person, 'definition', section, within);

const writeIn = async ({ person, seat }: Sitting, documentId: string, section: number, text: string) => {
  await person.open(`/s/${seat}/d/${documentId}/${section}`);
  const writing = person.writing('definition', section);
  await writing.type(text);
  await writing.expectSaved('saved');
};

test('two circles answer to exact words; one objection opens one section again, and later changes show', async ({
  people,
}) => {
  // Saying yes before having been heard is refused, and that is part of this.
  people.expectAnswers(409);
  const host = await people.come(server.now.url);
  const ana = await people.come(server.now.url, PHONE);
  const ben = await people.come(server.now.url, { ...PHONE, language: 'ar' });

  const started = await ask<StartedPartnership>(host, 'post', '/api/partnerships', {
    body: {
      title: 'What we do',
      template: 'one-evening',
      locales: ['en'],
      circles: 2,
      handle: { picture: 'bridge' },
    },
  });
  const facilitator: Sitting = { person: host, seat: started.seatId };
  const { circles, documents } = await ask<Table>(host, 'get', `/api/partnerships/${started.partnershipId}`, {
    seat: facilitator.seat,
  });
  const definition = documents.find(({ kind }) => kind === 'definition')!.id;
  const [baobab, river] = [circles[0]!.id, circles[1]!.id];
  const atBaobab = await found(baobab, facilitator, ana, 'kite');
  const atRiver = await found(river, facilitator, ben, 'mango');
  await ask(ana, 'patch', `/api/circles/${baobab}`, { seat: atBaobab.seat, body: { name: 'Baobab' } });
  await ask(ben, 'patch', `/api/circles/${river}`, { seat: atRiver.seat, body: { name: 'River' } });

  await writeIn(atBaobab, definition, PLAIN, 'Those who look for work far away.');
  await writeIn(atBaobab, definition, STARRED, 'Nobody asks them.');
  await ana.open(`/s/${atBaobab.seat}`);
  await ben.open(`/s/${atRiver.seat}`);

  await test.step('a facilitator begins: what is written in and not agreed is chosen already', async () => {
    await host.open(`/s/${facilitator.seat}`);
    await host.page
      .locator('.card')
      .filter({ has: host.heading('document.definition.title') })
      .getByRole('link', { name: host.t('ask.open') })
      .click();
    const checked = host.page.getByRole('checkbox', { checked: true });
    await expect(checked).toHaveCount(2);
    for (const section of [PLAIN, STARRED]) {
      await expect(host.page.getByRole('checkbox', { name: title(host, section) })).toBeChecked();
    }
    await host.button('ask.begin').click();
    await expect(host.page.locator('[aria-current="step"]')).toContainText(host.t('round.clarify'));
    await toStep(host, 'object');
  });

  await test.step('what waits for a circle appears by itself; "we cannot" wants a reason', async () => {
    await linkTo(ana, PLAIN, ana.page.locator('.my-circle')).click();
    await expect(inRound(ana).getByText('Those who look for work far away.')).toBeVisible();
    await answer(ana, 'objection');
    await expect(ana.page.getByText(ana.t('answer.reasonMissing'))).toBeVisible();
    await expect(ana.page.getByLabel(ana.t('answer.reason.objection'))).toBeFocused();
    await answer(ana, 'objection', 'It leaves out those who stay.');
    await expect(ana.heading('answer.given')).toBeFocused();
    await expect(host.page.getByText('It leaves out those who stay.')).toHaveCount(0);
  });

  await test.step('the last answer shows all of them, and opens this section again, and no other', async () => {
    await linkTo(ben, PLAIN, ben.page.locator('.my-circle')).click();
    await answer(ben, 'consent');
    for (const person of [host, ana, ben]) {
      await linkTo(person, PLAIN, person.page.locator('.round-sections')).click();
      await expect(inRound(person).getByText('It leaves out those who stay.')).toBeVisible();
      await expect(inRound(person).getByText(person.t('round.reopenedAbout'))).toBeVisible();
      await expect(linkTo(person, STARRED, person.page.locator('.round-sections'))).toContainText(
        person.t('round.pinned'),
      );
    }
  });

  await test.step('a yes before being heard is refused, and what was typed is still there', async () => {
    await linkTo(ben, STARRED, ben.page.locator('.round-sections')).click();
    await answer(ben, 'concern', 'Who is they?');
    await expect(ben.page.getByText(ben.t('error.notHeard'))).toBeVisible();
    await expect(ben.page.getByLabel(ben.t('answer.reason.concern'))).toHaveValue('Who is they?');
    await ben.button('heard.passed').click();
    await expect(ben.button('heard.passed')).toHaveAttribute('aria-pressed', 'true');
    await ben.button('answer.give').click();
    await expect(ben.heading('answer.given')).toBeVisible();

    await linkTo(ana, STARRED, ana.page.locator('.round-sections')).click();
    await ana.button('heard.spoke').click();
    await expect(ana.button('heard.spoke')).toHaveAttribute('aria-pressed', 'true');
    await answer(ana, 'consent');
    await linkTo(host, STARRED, host.page.locator('.round-sections')).click();
    await expect(inRound(host).getByText('Who is they?')).toBeVisible();
    await expect(inRound(host).getByText(host.t('answer.concern'), { exact: true })).toBeVisible();
  });

  await test.step('changed words are put forward again, and agreed', async () => {
    await linkTo(ana, PLAIN, ana.page.locator('.round-sections')).click();
    await ana.link('round.changeWords').click();
    await expect(ana.page.getByText(ana.t('rounds.reopened'))).toBeVisible();
    const writing = ana.writing('definition', PLAIN);
    await writing.caretToEndOf(0);
    await writing.type(' And those who stay.');
    await writing.expectSaved('saved');

    await toStep(host, 'integrate');
    await linkTo(host, PLAIN, host.page.locator('.round-sections')).click();
    await host.button('facilitate.repin').click();
    await host.page
      .getByRole('dialog')
      .getByRole('button', { name: host.t('facilitate.repin') })
      .click();
    await expect(linkTo(host, PLAIN, host.page.locator('.round-sections'))).toContainText(
      host.t('round.pinned'),
    );
    await toStep(host, 'object');

    await expect(ana.page.getByText(ana.t('rounds.pinned'))).toBeVisible();
    await ana.link('rounds.go').click();
    await linkTo(ben, PLAIN, ben.page.locator('.round-sections')).click();
    for (const person of [ana, ben]) {
      await expect(inRound(person).getByText('And those who stay.')).toBeVisible();
      // Why the words were changed stays readable while one answers to the new ones.
      await inRound(person).getByText(person.t('round.earlier')).tap();
      await expect(inRound(person).getByText('It leaves out those who stay.')).toBeVisible();
      await answer(person, 'consent');
    }
    for (const person of [host, ana, ben]) {
      await expect(linkTo(person, PLAIN, person.page.locator('.round-sections'))).toContainText(
        person.t('round.agreed'),
      );
    }
    await expect(inRound(host).getByText(/^Mark of these words/)).toBeVisible();
  });

  await test.step('a later change shows what was changed, and by whom it had been agreed', async () => {
    await writeIn(atBaobab, definition, PLAIN, 'Surely. ');
    await ben.open(`/s/${atRiver.seat}/d/${definition}/${PLAIN}`);
    await ben.button('difference.show').click();
    await expect(ben.page.locator('.difference ins')).toContainText('Surely');
    await expect(ben.page.locator('.difference del')).toHaveCount(0);
    await expect(ben.page.getByText('Baobab').first()).toBeVisible();
    const size = await ben.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(size, 'nothing scrolls sideways on a phone').toBeLessThanOrEqual(0);
  });

  await test.step('a circle takes its consent back, and the section waits for it', async () => {
    await ben.link('rounds.go').click();
    await ben.button('answer.takenBack').click();
    await ben.page
      .getByRole('dialog')
      .getByRole('button', { name: ben.t('answer.takeBack'), exact: true })
      .click();
    await expect(ben.button('answer.give')).toBeVisible();
    // The others are shown: what is said now is read at once.
    await expect(ben.page.getByText(ben.t('answer.shownAtOnce'))).toBeVisible();
    await expect(inRound(host).getByText(host.t('round.waitingAbout'))).toBeVisible();
    await expect(inRound(host).getByText(/River.? took its answer back on/)).toBeVisible();
  });

  await test.step('one section is taken out of the round; the round stays readable after its end', async () => {
    await host.button('facilitate.release').click();
    await host.page
      .getByRole('dialog')
      .getByRole('button', { name: host.t('facilitate.release') })
      .click();
    await expect(inRound(host).getByText(host.t('round.releasedKept'))).toBeVisible();
    await expect(host.button('facilitate.release')).toHaveCount(0);
    await host.button('facilitate.close').click();
    await host.page
      .getByRole('dialog')
      .getByRole('button', { name: host.t('facilitate.close') })
      .click();
    await ana.open(`/s/${atBaobab.seat}`);
    await ana.link('rounds.all').first().click();
    await expect(ana.page.getByText(ana.t('rounds.isOver'), { exact: true })).toBeVisible();
    await linkTo(ana, PLAIN).click();
    await expect(ana.page.getByText(ana.t('round.isOver'))).toBeVisible();
    await inRound(ana).getByText(ana.t('round.earlier')).tap();
    await expect(inRound(ana).getByText('It leaves out those who stay.')).toBeVisible();
  });
  for (const { page } of [ana, ben]) {
    const size = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(size, 'nothing scrolls sideways on a phone').toBeLessThanOrEqual(0);
  }
});
