import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, found, type Sitting } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const later = new URL('../support/later.mjs', import.meta.url).href;
const server = ownServer(() => ({ command: [process.execPath, '--import', later, 'server/dist/main.js'] }));

const NAMES = ['Baobab', 'River', 'Harbour'];

/** A facilitator and somebody in each of three circles with names. */
async function setTable(leader: Person, members: readonly Person[]) {
  const title = 'Founded anew';
  await leader.startPartnership({ title, picture: 'bridge', circles: members.length });
  const seat = new URL(leader.page.url()).pathname.split('/')[2]!;
  const { seats } = await ask<{ seats: { partnershipId: string }[] }>(leader, 'get', '/api/me');
  const partnershipId = seats[0]!.partnershipId;
  const { circles } = await ask<Table>(leader, 'get', `/api/partnerships/${partnershipId}`, { seat });
  const sitting: Sitting[] = [];
  for (const [index, person] of members.entries()) {
    const circle = circles[index]!.id;
    const who = await found(circle, { person: leader, seat }, person, 'shell');
    await ask(person, 'patch', `/api/circles/${circle}`, { seat: who.seat, body: { name: NAMES[index] } });
    sitting.push(who);
  }
  return { seat, title, sitting };
}

const rowOf = ({ page }: Person, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('a circle that lost its only seat is founded anew by the will of the others, and then they bring in a new facilitator', async ({
  people,
}) => {
  test.slow();
  people.expectAnswers(404);
  const leader = await people.come(server.now.url);
  const [gone, one, other] = [
    await people.come(server.now.url, PHONE),
    await people.come(server.now.url, PHONE),
    await people.come(server.now.url, { ...PHONE, language: 'ar' }),
  ];
  const { seat, title, sitting } = await setTable(leader, [gone, one, other]);
  await ask(gone, 'post', '/api/leave');

  // Outside nothing shows; asking is the only way, and it asks the circles.
  await leader.open(`/s/${seat}`);
  const row = rowOf(leader, 'Baobab');
  await expect(row.getByText(leader.t('circle.isSeated'))).toBeVisible();
  await row.getByText(leader.t('anew.open'), { exact: true }).click();
  await row.getByRole('button', { name: leader.t('anew.ask') }).click();
  await expect(row.getByText(leader.t('anew.waiting', { minutes: 15 }))).toBeVisible();
  await expect(leader.page.locator('#main')).toBeFocused();
  for (const person of [one, other]) {
    await person.open(`/s/${sitting.find((each) => each.person === person)!.seat}`);
    await expect(person.heading('anew.themTitle', { circle: 'Baobab' })).toBeVisible();
    await person.button('anew.agree').tap();
    await expect(person.page.getByText(person.t('call.agreed'))).toBeVisible();
  }
  await expect(row.getByText(leader.t('circle.isSeated'))).toBeVisible();
  process.kill(server.now.pid, 'SIGUSR2');
  await leader.page.reload();
  await expect(rowOf(leader, 'Baobab').getByText(leader.t('circle.isEnded'))).toBeVisible();

  // The new one is founded as any other.
  const fresh = rowOf(leader, leader.t('circle.numbered', { number: 4 }));
  await fresh.getByRole('button', { name: leader.t('circle.makeFoundingCard') }).click();
  const code = await fresh.locator('.code-text').innerText();
  const founder = await people.come(server.now.url, PHONE);
  await founder.page.goto(`${server.now.url}/join#${code.replace('-', '')}`);
  await founder.button('join.next').tap();
  await founder.pickPicture('moon');
  await founder.button('join.knock').tap();
  await expect(founder.heading('naming.title')).toBeVisible();

  // A circle whose people are there says so, and nothing changes.
  await rowOf(leader, 'River').getByText(leader.t('anew.open'), { exact: true }).click();
  await rowOf(leader, 'River')
    .getByRole('button', { name: leader.t('anew.ask') })
    .click();
  await expect(rowOf(leader, 'River').getByText(leader.t('anew.waiting', { minutes: 15 }))).toBeVisible();
  // While they write, a line at the foot takes them there.
  const writing = await one.openSectionFromTable('definition', 1);
  await writing.ready();
  await expect(one.page.locator('.door-bell').getByText(one.t('anew.usTitle'))).toBeVisible();
  await one.link('anew.toTable').tap();
  await expect(one.heading('anew.usTitle')).toBeVisible();
  await one.button('anew.here').tap();
  await expect(one.heading('anew.usTitle')).toHaveCount(0);
  await expect(one.page.locator('#main')).toBeFocused();
  await expect(one.page.getByRole('status').filter({ hasText: one.t('anew.usAnswered') })).toBeVisible();
  await leader.page.reload();
  await expect(rowOf(leader, 'River').getByText(leader.t('anew.answered'))).toBeVisible();
  await expect(one.page.getByText(one.t('anew.usAnswered'))).toBeVisible();

  // The facilitator's device is lost: the circles that are left bring in another one together.
  await ask(leader, 'post', '/api/leave');
  for (const person of [one, other, founder]) {
    await person.page.reload();
    await person.page.getByText(person.t('call.title'), { exact: true }).tap();
    await person.button('call.agree').tap();
    await expect(
      person.page.getByText(person.t(person === founder ? 'call.ready' : 'call.agreed')),
    ).toBeVisible();
  }
  await founder.button('call.make').tap();
  const called = await founder.page.locator('.code-text').last().innerText();
  const next = await people.come(server.now.url);
  await next.page.goto(`${server.now.url}/join#${called.replace('-', '')}`);
  await next.button('join.next').click();
  await next.pickPicture('lamp');
  await next.button('join.knock').click();
  await expect(next.page.getByRole('heading', { name: title })).toBeVisible();
  await expect(next.page.getByText(next.t('table.facilitatorAbout'))).toBeVisible();
  await expect(rowOf(next, 'Baobab').getByText(next.t('circle.isEnded'))).toBeVisible();
});
