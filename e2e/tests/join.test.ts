import { loseAnswer } from '../support/bad-line.ts';
import { PHONE } from '../support/people.ts';
import { ask, setTable } from '../support/table.ts';
import { canReadPdf, pdfWords } from '../support/poppler.ts';
import { watchHands } from '../support/hands.ts';
import { expect, ownServer, test } from '../support/test.ts';
import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import type { WayBack } from '@longtable/shared/protocol/http/returns';

const server = ownServer();

for (const language of ['en', 'ar'] as const) {
  test(`from a scanned card to the first own word: four taps, and no character typed before (${language})`, async ({
    people,
  }) => {
    const host = await people.come(server.now.url);
    const table = await setTable([host], { title: 'Tuesday' });
    const { url } = await ask<MintedCode>(host, 'post', `/api/circles/${table.circleId}/codes`, {
      seat: table.seats[0]!,
      body: { uses: 1, days: 1 },
    });
    await host.open(`/s/${table.seats[0]}`);

    const guest = await people.come(server.now.url, { ...PHONE, language });
    const hands = await watchHands(guest.page);
    await guest.page.goto(url);
    await expect(guest.heading('before.title')).toBeVisible();
    await expect(guest.page).toHaveURL(`${server.now.url}/join`);
    await guest.button('join.next').tap();
    await guest.page.getByText(guest.t('picture.shell'), { exact: true }).tap();
    await guest.button('join.knock').tap();
    await expect(guest.heading('door.title')).toBeVisible();
    await host.letIn(1);
    // Where the room is, with one's own box first: the fourth tap is into it.
    const box = guest.page.getByLabel(guest.t('box.label'), { exact: true });
    await box.tap();
    await expect.poll(() => ({ ...hands })).toEqual({ taps: 4, typed: 0 });
    await guest.page.keyboard.type('we are tired');
    await expect(box).toHaveValue('we are tired');
  });
}

test('a browser that keeps no cookie is told so, and the code is not used up', async ({ people }) => {
  people.expectAnswers(401);
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'No cookies', picture: 'bridge', circles: 1 });
  await host.button('circle.makeFoundingCard').click();
  const code = (await host.page.locator('.code-text').innerText()).replace('-', '');
  const guest = await people.come(server.now.url, PHONE);
  await guest.page.route('**/api/device', async (route) => {
    await route.fulfill({ status: 204 });
  });
  await guest.page.goto(`${server.now.url}/join#${code}`);
  await guest.button('join.next').tap();
  await guest.pickPicture('shell');
  await guest.button('join.knock').tap();
  await expect(guest.page.getByRole('alert')).toContainText(guest.t('join.noCookie'));
  await guest.page.unroute('**/api/device');
  await guest.button('join.knock').tap();
  await expect(guest.heading('naming.title')).toBeVisible();
});

test('whoever leaves a circle on purpose is asked once, and the page knows nothing of it any more', async ({
  people,
}) => {
  // What the page still asks for while the circle is left is not there any more.
  people.expectAnswers(401, 404);
  people.expectOutages();
  const owner = await people.come(server.now.url, PHONE);
  const table = await setTable([owner]);
  await owner.open(`/s/${table.seats[0]}`);
  await owner.page.getByText(owner.t('leaveCircle.title'), { exact: true }).first().tap();
  await owner.button('leaveCircle.open').tap();
  await expect(owner.page.getByText(owner.t('leaveCircle.last'))).toBeVisible();
  await expect(owner.page.getByText(owner.t('leaveCircle.unsent'))).toHaveCount(0);
  await owner.button('leaveCircle.stay').tap();
  // The words of another seat on this device would go as well.
  const other = await owner.context.newPage();
  await other.goto(table.addressOf(0, 'plan', 1));
  await other.getByLabel(owner.t('box.label'), { exact: true }).fill('only here');
  await owner.button('leaveCircle.open').tap();
  await expect(owner.page.getByText(owner.t('leaveCircle.unsent'))).toBeVisible();
  await owner.button('leaveCircle.stay').tap();
  await other.close();
  await owner.button('leaveCircle.open').tap();
  // It arrives, and the answer is lost: the second try finds nothing left to leave.
  await loseAnswer(owner, '**/api/seat');
  await owner.button('leaveCircle.leave').tap();
  await expect(owner.page.getByRole('dialog').getByRole('alert')).toContainText(owner.t('error.offline'));
  await owner.button('leaveCircle.leave').tap();
  await expect(owner.heading('first.title')).toBeVisible();
  await owner.open(`/s/${table.seats[0]}`);
  await expect(owner.heading('notFound.title')).toBeVisible();
});

test('a seat card brings the seat to another device, which the one before loses at once', async ({
  people,
}) => {
  people.expectAnswers(404);
  const owner = await people.come(server.now.url, PHONE);
  const table = await setTable([owner]);
  await owner.open(`/s/${table.seats[0]}`);
  await owner.page.getByText(owner.t('wayBack.title'), { exact: true }).tap();
  await owner.button('wayBack.card').tap();
  const code = await owner.page.locator('.way-back-text').innerText();
  expect(code).toMatch(/^(\w{4}-){2}\w{4}$/);
  await expect(owner.page.locator('.way-back path')).toHaveCount(1);
  if (canReadPdf()) {
    // The paper says nothing but the code, once.
    expect(pdfWords(await owner.page.pdf({ format: 'A4' })).trim()).toBe(code);
  }

  const other = await people.come(server.now.url, PHONE);
  const hands = await watchHands(other.page);
  await other.page.goto(`${server.now.url}/return#${code.replaceAll('-', '')}`);
  await expect(other.page).toHaveURL(`${server.now.url}/return`);
  await expect(other.page.getByText(other.t('back.moves'))).toBeVisible();
  await other.button('back.bring').tap();
  await expect(other.page).toHaveURL(new RegExp(`/s/${table.seats[0]}/d/`));
  await expect.poll(() => ({ ...hands })).toEqual({ taps: 1, typed: 0 });
  await expect(owner.page.getByText(owner.t('connection.signedOut'))).toBeVisible();
});

test('five words do the same, typed as people type', async ({ people }) => {
  const owner = await people.come(server.now.url);
  const table = await setTable([owner]);
  const { text } = await ask<WayBack>(owner, 'post', '/api/ways-back', {
    seat: table.seats[0]!,
    body: { kind: 'words', locale: 'ar' },
  });
  const other = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  await other.open('/');
  await other.link('back.have').tap();
  await other.page.getByLabel(other.t('back.code')).fill(`${text.replaceAll(' ', '، ')} `);
  await other.button('back.bring').tap();
  await expect(other.page.getByLabel(other.t('box.label'), { exact: true })).toBeVisible();
});
