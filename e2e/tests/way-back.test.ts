import type { Page } from '@playwright/test';
import { PHONE } from '../support/people.ts';
import { setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

test('a way back is offered once after sitting down, and a new card says what it does to the old one', async ({
  people,
}) => {
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'A way back', picture: 'bridge', circles: 1 });
  await host.button('circle.makeFoundingCard').click();
  const code = await host.page.locator('.code-text').innerText();
  const founder = await people.come(server.now.url, PHONE);
  await founder.page.goto(`${server.now.url}/join#${code.replace('-', '')}`);
  await founder.button('join.next').tap();
  await founder.page.getByText(founder.t('picture.shell'), { exact: true }).tap();
  await founder.button('join.knock').tap();
  await expect(founder.heading('naming.title')).toBeVisible();
  await founder.button('wayBack.keep').tap();
  const dialog = founder.page.getByRole('dialog');
  const text = dialog.locator('.way-back-text');
  await dialog.getByRole('button', { name: founder.t('wayBack.card') }).tap();
  const first = await text.innerText();
  await dialog.getByRole('button', { name: founder.t('wayBack.card') }).tap();
  await expect(dialog.getByRole('alert')).toContainText(founder.t('wayBack.replacesCard'));
  await dialog.getByRole('button', { name: founder.t('wayBack.keepOld') }).tap();
  expect(await text.innerText()).toBe(first);
  await expect(dialog.getByRole('button', { name: founder.t('wayBack.card') })).toBeFocused();
  await dialog.getByRole('button', { name: founder.t('wayBack.card') }).tap();
  await dialog.getByRole('button', { name: founder.t('wayBack.makeNew') }).tap();
  await expect(text).not.toHaveText(first);
  await founder.page.keyboard.press('Escape');
  await expect(founder.button('wayBack.keep')).toHaveCount(0);
  await expect(founder.page.locator('#main')).toBeFocused();
});

test('a way back that is made anew in another tab is not left on the screen, where it opens nothing any more', async ({
  people,
}) => {
  const owner = await people.come(server.now.url, PHONE);
  const table = await setTable([owner]);
  const makeCard = async (page: Page, isAgain: boolean) => {
    await page.goto(`${server.now.url}/s/${table.seats[0]}`);
    await page.getByText(owner.t('wayBack.title'), { exact: true }).tap();
    await page.getByRole('button', { name: owner.t('wayBack.card') }).tap();
    if (isAgain) await page.getByRole('button', { name: owner.t('wayBack.makeNew') }).tap();
    await expect(page.locator('.way-back-text')).toBeVisible();
  };
  await makeCard(owner.page, false);
  const other = await owner.context.newPage();
  await makeCard(other, true);
  await expect(owner.page.locator('.way-back-text')).toHaveCount(0);
  await expect(owner.page.locator('.print-alone')).toHaveCount(0);
});

test('an offer that was passed over stays so, also when the page is loaded again', async ({ people }) => {
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'Not now', picture: 'bridge', circles: 1 });
  await host.button('wayBack.notNow').click();
  await expect(host.button('wayBack.keep')).toHaveCount(0);
  await expect(host.page.locator('#main')).toBeFocused();
  await host.page.reload();
  await expect(host.page.getByRole('heading', { name: 'Not now' })).toBeVisible();
  await expect(host.button('circle.takeFirstSeat')).toBeVisible();
  await expect(host.button('wayBack.keep')).toHaveCount(0);
});
