import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import type { Me } from '@longtable/shared/protocol/http/people';
import { loseAnswer } from '../support/bad-line.ts';
import { PHONE } from '../support/people.ts';
import { ask, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

test('whoever founds a circle and loses the answer on the way tries again, and sits there', async ({
  people,
}) => {
  people.expectOutages();
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'A bad line', picture: 'bridge', circles: 1 });
  await host.button('circle.makeFoundingCard').click();
  const code = await host.page.locator('.code-text').innerText();
  const founder = await people.come(server.now.url, PHONE);
  await loseAnswer(founder, '**/api/join');
  await founder.page.goto(`${server.now.url}/join#${code.replace('-', '')}`);
  await founder.button('join.next').tap();
  await founder.page.getByText(founder.t('picture.shell'), { exact: true }).tap();
  await founder.button('join.knock').tap();
  await expect(founder.page.getByRole('alert')).toContainText(founder.t('error.offline'));
  await founder.button('join.knock').tap();
  await expect(founder.heading('naming.title')).toBeVisible();
});

test('whoever sits down on a bad line is not said to be signed out', async ({ people }) => {
  people.expectOutages();
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'A worse line', picture: 'bridge', circles: 1 });
  await host.button('circle.makeFoundingCard').click();
  const code = await host.page.locator('.code-text').innerText();
  const founder = await people.come(server.now.url, PHONE);
  await founder.page.goto(`${server.now.url}/join#${code.replace('-', '')}`);
  await founder.button('join.next').tap();
  await founder.pickPicture('shell');
  await founder.page.route('**/api/me', (route) => route.abort('connectionreset'), { times: 1 });
  await founder.button('join.knock').tap();
  await expect(founder.page.getByRole('alert')).toContainText(founder.t('error.offline'));
  await expect(founder.heading('signedOut.title')).toHaveCount(0);
  await founder.button('tryAgain').tap();
  await expect(founder.heading('naming.title')).toBeVisible();
  await expect(founder.button('wayBack.keep')).toBeVisible();
});

test('whoever cannot be told where the room is comes to the table, and is offered a way back there', async ({
  people,
}) => {
  people.expectOutages();
  const host = await people.come(server.now.url);
  const table = await setTable([host]);
  const { url } = await ask<MintedCode>(host, 'post', `/api/circles/${table.circleId}/codes`, {
    seat: table.seats[0]!,
    body: { uses: 1, days: 1 },
  });
  const guest = await people.come(server.now.url, PHONE);
  await guest.joinByLink(url, 'shell');
  await guest.page.route(
    `**/api/partnerships/${table.partnershipId}`,
    (route) => route.abort('connectionreset'),
    { times: 1 },
  );
  await host.open(`/s/${table.seats[0]}`);
  await host.letIn(1);
  await expect(guest.page).toHaveURL(/\/s\/[^/]+$/);
  await expect(guest.button('wayBack.keep')).toBeVisible();
});

test('a table that stands although its answer was lost is not passed off as what the form says now', async ({
  people,
}) => {
  people.expectOutages();
  const host = await people.come(server.now.url);
  await host.open('/start');
  await host.button('join.next').click();
  await host.page.getByLabel(host.t('start.title')).fill('The first name');
  await host.pickPicture('drum');
  await loseAnswer(host, '**/api/partnerships');
  await host.button('start.submit').click();
  await expect(host.page.getByRole('alert')).toContainText(host.t('error.offline'));
  await host.page.getByLabel(host.t('start.title')).fill('Another name');
  await host.button('start.submit').click();
  await expect(host.page.getByRole('alert')).toContainText('The first name');
  await host.link('set.toTable').click();
  await expect(host.page.getByRole('heading', { name: 'The first name' })).toBeVisible();
});

test('whoever sits alone in a circle is offered a way back: a group that starts, and a facilitator in a first seat', async ({
  people,
}) => {
  people.expectOutages();
  const group = await people.come(server.now.url, PHONE);
  await group.open('/start');
  await group.button('join.next').tap();
  await group.page.getByLabel(group.t('start.title')).fill('Only us so far');
  await group.page.getByText(group.t('start.who.group'), { exact: true }).tap();
  await group.pickPicture('drum');
  await loseAnswer(group, '**/api/partnerships');
  await group.button('start.submit').tap();
  await expect(group.page.getByRole('alert')).toContainText(group.t('error.offline'));
  await group.button('start.submit').tap();
  await group.link('set.toCircle').tap();
  await expect(group.button('wayBack.keep')).toBeVisible();
  const { seats } = await ask<Me>(group, 'get', '/api/me');
  expect(new Set(seats.map(({ partnershipId }) => partnershipId)).size).toBe(1);

  people.expectAnswers(404);
  const host = await people.come(server.now.url);
  await host.startPartnership({ title: 'A first seat', picture: 'bridge', circles: 1 });
  await host.button('wayBack.notNow').click();
  await host.button('circle.takeFirstSeat').click();
  await host.pickPicture('lamp', host.page.getByRole('dialog'));
  await loseAnswer(host, '**/first-seat');
  await host.button('firstSeat.take').click();
  await expect(host.page.getByRole('alert')).toContainText(host.t('error.offline'));
  await host.button('firstSeat.take').click();
  await expect(host.heading('naming.title')).toBeVisible();
  await expect(host.button('wayBack.keep')).toBeVisible();
});
