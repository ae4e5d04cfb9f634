import { readFile } from 'node:fs/promises';
import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { canReadPdf, pdfWords } from '../support/poppler.ts';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** The code on the card that is on screen, and its link. */
async function shownCode(person: Person): Promise<{ code: string; url: string }> {
  const code = await person.page.locator('.code-text').last().innerText();
  return { code, url: `${person.origin}/join#${code.replace('-', '')}` };
}

test('a group starts on a phone, names its circle with one touch, prints cards, and opens its door while it writes', async ({
  people,
}) => {
  const host = await people.come(server.now.url, PHONE);
  const { page } = host;
  await host.open('/start');
  await host.button('join.next').click();
  await page.getByText(host.t('start.who.group')).click();
  await page.getByLabel(host.t('start.title')).fill('What happens at the harbour');
  await page.getByLabel(host.t('start.circles')).fill('3');
  await host.pickPicture('bird');
  await host.button('start.submit').click();
  await expect(host.heading('set.title')).toBeVisible();
  await host.link('set.toCircle').click();

  await expect(host.heading('naming.title')).toBeVisible();
  await page.getByLabel(host.t('circle.name')).fill('The shelter');
  await expect(page.getByText(host.t('naming.telling'))).toBeVisible();
  const [name] = host.t('naming.names').split('|');
  await page.getByRole('button', { name: name! }).click();
  await expect(page.getByText(host.t('naming.telling'))).toHaveCount(0);
  await host.button('circle.save').click();
  await expect(page.getByRole('heading', { name: host.t('circle.mine', { name: name! }) })).toBeVisible();

  const { url, code } = await host.makeCode();
  await page.getByText(host.t('tableCards.title')).click();
  await page.getByLabel(host.t('tableCards.count')).fill('3');
  const started = page.waitForEvent('download');
  await host.button('tableCards.make').click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('cards.pdf');
  if (canReadPdf()) {
    const words = pdfWords(await readFile(await download.path()));
    expect(words.split(code)).toHaveLength(4);
    expect(words).not.toMatch(/harbour|Jasmine/);
  }

  const writing = await host.openSectionFromTable('definition', 1);
  await (await writing.ready()).type('We begin here.');
  await writing.expectSaved('saved');

  const guest = await people.come(server.now.url, PHONE);
  // A link that was opened, and opened again, has not been used.
  await guest.page.goto(url);
  await guest.page.reload();
  await guest.joinByLink(url, 'drum');
  await expect(page.locator('.door-bell')).toBeVisible();
  await host.button('door.look').click();
  await host.button('door.letIn').click();
  await expect(page.locator('.door-bell')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await writing.text()).toBe('We begin here.');
  await expect(guest.heading('door.title')).toHaveCount(0);
  for (const each of [page, guest.page])
    expect(await each.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
});

test('a founding card can be taken back until it is used; then the door belongs to the founder', async ({
  people,
}) => {
  people.expectAnswers(404);
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'One card', picture: 'bridge', circles: 1 });
  await host.button('circle.makeFoundingCard').click();
  const lost = await shownCode(host);
  await host.page.reload();
  await host.button('founding.takeBack').click();
  await expect(host.button('founding.takeBack')).toHaveCount(0);

  const finder = await people.come(server.now.url, PHONE);
  await finder.page.goto(lost.url);
  await finder.button('join.next').click();
  await finder.pickPicture('moon');
  await finder.button('join.knock').click();
  await expect(finder.page.getByRole('alert')).toContainText(finder.t('error.codeUnknown'));

  await host.button('circle.makeFoundingCard').click();
  const { url } = await shownCode(host);
  const founder = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  await founder.page.goto(url);
  await founder.button('join.next').click();
  await founder.pickPicture('seed');
  await founder.button('join.knock').click();
  await expect(founder.heading('naming.title')).toBeVisible();

  await host.page.reload();
  await expect(host.heading('table.circles')).toBeVisible();
  await expect(host.button('circle.makeFoundingCard')).toHaveCount(0);
  await expect(host.button('circle.takeFirstSeat')).toHaveCount(0);
});

test('a second facilitator is offered at once, and carries on when the first is gone', async ({ people }) => {
  const [first, second, founder] = [
    await people.come(server.now.url),
    await people.come(server.now.url, PHONE),
    await people.come(server.now.url, PHONE),
  ];
  await first.open('/start');
  await first.button('join.next').click();
  await first.page.getByLabel(first.t('start.title')).fill('The evening goes on');
  await first.pickPicture('bridge');
  const answer = first.page.waitForResponse((response) => response.url().endsWith('/api/partnerships'));
  await first.button('start.submit').click();
  const { partnershipId } = (await (await answer).json()) as StartedPartnership;
  await first.button('second.make').click();
  const { url } = await shownCode(first);

  await second.page.goto(url);
  await second.button('join.next').click();
  await second.pickPicture('lamp');
  await second.button('join.knock').click();
  await expect(second.page.getByRole('heading', { name: 'The evening goes on' })).toBeVisible();
  await first.link('set.toTable').click();
  await expect(first.page.getByText(first.t('second.there'))).toBeVisible();

  await ask(first, 'post', '/api/leave');
  await second.page.reload();
  await expect(second.page.getByText(second.t('second.none'))).toBeVisible();
  await second.button('circle.makeFoundingCard').first().click();
  await founder.page.goto((await shownCode(second)).url);
  await founder.button('join.next').click();
  await founder.pickPicture('kite');
  await founder.button('join.knock').click();
  await expect(founder.heading('naming.title')).toBeVisible();

  const seat = new URL(second.page.url()).pathname.split('/')[2]!;
  const { documents } = await ask<Table>(second, 'get', `/api/partnerships/${partnershipId}`, { seat });
  const plan = documents.find(({ kind }) => kind === 'plan')!;
  const { roundId } = await ask<{ roundId: string }>(second, 'post', `/api/documents/${plan.id}/rounds`, {
    seat,
    body: { sections: ['what-we-will-do'] },
  });
  await ask(second, 'post', `/api/rounds/${roundId}/phase`, { seat, body: { phase: 'object' } });
});
