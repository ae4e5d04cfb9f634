import type { Locator, Page } from '@playwright/test';
import type { Joined, MintedCode } from '@longtable/shared/protocol/http/circles';
import type { OpenedRound, PinnedVersion, RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** What we will do: a table of activities. */
const NUMBER = 3;
const SECTION = 'what-we-will-do';
const COLUMN = `document.plan.${SECTION}.activities.activity.label`;

/** A facilitator with Ana on one device; Ben, on a phone and right to left, in another circle. */
async function sitDown(ana: Person, ben: Person) {
  const table = await setTable([ana]);
  const facilitate = <Answer>(path: string, body: unknown = {}) =>
    ask<Answer>(ana, 'post', path, { seat: table.facilitatorSeat, body });
  const { circles } = await ask<Table>(ana, 'get', `/api/partnerships/${table.partnershipId}`, {
    seat: table.facilitatorSeat,
  });
  const other = circles[1]!.id;
  const { code } = await facilitate<MintedCode>(`/api/circles/${other}/codes`, { uses: 1, days: 1 });
  const { seatId } = await ask<Joined>(ben, 'post', '/api/join', {
    body: { code, handle: { picture: 'drum' }, locale: ben.language },
  });
  const members = [
    { person: ana, seat: table.seats[0]!, circle: table.circleId },
    { person: ben, seat: seatId, circle: other },
  ];
  for (const { person, seat, circle } of members) {
    const mark = { documentId: table.documents.plan, section: SECTION, mark: 'spoke' };
    await ask(person, 'post', `/api/circles/${circle}/heard`, { seat, body: mark });
  }
  const openRound = async () =>
    (await facilitate<OpenedRound>(`/api/documents/${table.documents.plan}/rounds`, { sections: [SECTION] }))
      .roundId;
  const addressFor = (index: number) => `/s/${members[index]!.seat}/d/${table.documents.plan}/${NUMBER}`;
  return { ...table, members, facilitate, openRound, addressFor };
}

/** A phone shows own words first. */
async function openOnPhone(person: Person, address: string): Promise<void> {
  await person.open(address);
  await person.page.getByRole('tab', { name: person.t('writing.together') }).tap();
}

const rowsOf = ({ page }: Person): Locator => page.locator('.rows').first().locator('.row');
const liftedOf = (person: Person): Locator =>
  person.page.getByRole('list', { name: person.t('row.liftedTitle') }).getByRole('listitem');

async function addActivity(person: Person, text: string): Promise<void> {
  await person.page
    .getByRole('button', { name: person.t('row.add') })
    .first()
    .click();
  const cell = rowsOf(person).last().getByLabel(person.t(COLUMN));
  await expect(cell).toBeFocused();
  await person.page.keyboard.type(text);
}

test('a disputed activity is lifted out, the circles agree the rest, and it stays in view as open', async ({
  people,
}) => {
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const { members, facilitate, openRound, addressFor } = await sitDown(ana, ben);
  await ana.open(addressFor(0));
  await openOnPhone(ben, addressFor(1));
  await addActivity(ana, 'A night bus');
  await addActivity(ana, 'A hotline with the police');
  await ana.writing('plan', NUMBER).expectSaved('saved');

  // By keyboard: it asks once, and says no by itself to nobody.
  await ana.button('row.liftNumbered', { number: 2 }).press('Enter');
  await expect(ana.button('row.liftYes')).toBeFocused();
  await ana.button('row.liftNo').press('Enter');
  await expect(ana.button('row.liftNumbered', { number: 2 })).toBeFocused();
  await expect(liftedOf(ana)).toHaveCount(0);
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.press('Enter');
  await expect(ana.button('row.putBackNumbered', { number: 1 })).toBeFocused();
  await expect(liftedOf(ben).getByLabel(ben.t(COLUMN))).toHaveValue('A hotline with the police');
  await ana.writing('plan', NUMBER).expectSaved('saved');

  const round = await openRound();
  await expect(ben.button('row.putBackNumbered', { number: 1 })).toHaveCount(0);
  // Apart from what the circles answer to, in the round and on the wall, it is there as open.
  const other = await ana.context.newPage();
  for (const page of [`/s/${members[0]!.seat}/r/${round}/${NUMBER}`, `/s/${members[0]!.seat}/p`]) {
    await other.goto(page);
    await expect(other.locator('.lifted-rows')).toContainText('A hotline with the police');
    await expect(other.locator('.pinned-words').first()).toContainText('A night bus');
    await expect(other.locator('.pinned-words').first()).not.toContainText('hotline');
  }
  await facilitate(`/api/rounds/${round}/phase`, { phase: 'object' });
  for (const { person, seat } of members) {
    const body = { version: 1, position: 'consent' };
    await ask(person, 'post', `/api/rounds/${round}/sections/${SECTION}/answer`, { seat, body });
  }
  const { seat } = members[0]!;
  const view = await ask<RoundView>(ana, 'get', `/api/rounds/${round}`, { seat });
  expect(view.sections).toMatchObject([{ status: 'agreed' }]);
  const path = `/api/rounds/${round}/sections/${SECTION}/version`;
  const { canonical } = await ask<PinnedVersion>(ana, 'get', path, { seat });
  expect(canonical).toContain('A night bus');
  expect(canonical).not.toContain('hotline');

  // Open again, Ben puts it back on the phone: nothing of it was lost, and the round says so without being loaded anew.
  await other.goto(`/s/${seat}/r/${round}/${NUMBER}`);
  await expect(other.locator('.lifted-rows')).toHaveCount(1);
  await ben.button('row.putBackNumbered', { number: 1 }).tap();
  await expect(rowsOf(ana)).toHaveCount(2);
  await expect(rowsOf(ana).last().getByLabel(ana.t(COLUMN))).toHaveValue('A hotline with the police');
  await expect(liftedOf(ana)).toHaveCount(0);
  await expect(other.locator('.lifted-rows')).toHaveCount(0, { timeout: 20_000 });
});

test('while words are fixed, people put questions beside them, lose none, and can take them back', async ({
  people,
}) => {
  people.expectOutages();
  people.expectAnswers(404);
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const { facilitatorSeat, documents, openRound, facilitate, addressFor } = await sitDown(ana, ben);
  const round = await openRound();
  await ana.open(addressFor(0));
  // A phone shows own words first, but not where the words are before the circles: it waits until it knows.
  const rest = ben.page.waitForResponse(/\/api\/documents\/[^/]+$/);
  await ben.page.route('**/standing', async (route) => {
    await rest;
    await route.continue();
  });
  await ben.open(addressFor(1));
  await expect(ben.page.getByRole('tab', { name: ben.t('writing.together') })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await ben.page.unroute('**/standing');
  const noteOf = ({ page }: Person): Locator => page.locator('.note');
  const turnAndComeBack = async (page: Page) => {
    const pager = page.getByRole('navigation', { name: ana.t('section.pager') });
    await pager.getByRole('link', { name: new RegExp(`^${ana.t('section.next')}`) }).click();
    await expect(page).toHaveURL(new RegExp(`/${NUMBER + 1}$`));
    await pager.getByRole('link', { name: new RegExp(`^${ana.t('section.back')}`) }).click();
    await expect(page).toHaveURL(new RegExp(`/${NUMBER}$`));
  };

  // The network goes before the answer comes: the words stay in the box, and put again they are there once.
  const box = ben.page.getByLabel(ben.t('notes.box.question'));
  await box.fill('من يدفع ثمن الحافلة؟');
  await ben.page.route('**/notes', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    await route.abort('internetdisconnected');
  });
  await ben.button('notes.put').tap();
  await expect(ben.page.getByText(ben.t('notes.stillHere'))).toBeVisible();
  await expect(box).toHaveValue('من يدفع ثمن الحافلة؟');
  await ben.page.unroute('**/notes');
  await ben.button('notes.put').tap();
  await expect(ben.page.getByText(ben.t('notes.isPut'))).toBeVisible();
  await expect(box).toHaveValue('');
  await expect(noteOf(ana)).toHaveCount(1);
  await expect(noteOf(ana)).toContainText('من يدفع ثمن الحافلة؟');
  await expect(noteOf(ana)).toContainText(ana.t('notes.nobodys'));
  await expect(noteOf(ana).getByRole('button', { name: ana.t('notes.takeBack') })).toHaveCount(0);

  // A facilitator says what came of it, with a reason.
  const host = await ana.context.newPage();
  await host.goto(`/s/${facilitatorSeat}/d/${documents.plan}/${NUMBER}`);
  await host.getByRole('button', { name: ana.t('notes.markIt') }).click();
  await host.getByLabel(ana.t('notes.notNowBecause')).check();
  await host.getByRole('button', { name: ana.t('notes.keep') }).click();
  await expect(host.getByText(ana.t('notes.lineMissing'))).toBeVisible();
  await host.getByLabel(ana.t('notes.line')).fill('we ask the town first');
  // Turning the page keeps it.
  await turnAndComeBack(host);
  await expect(host.getByLabel(ana.t('notes.line'))).toHaveValue('we ask the town first');
  await host.getByRole('button', { name: ana.t('notes.keep') }).click();
  await expect(noteOf(ben)).toContainText('we ask the town first');

  // It did not come from Ana's circle, and she is told so; nothing happens.
  await ana.button('notes.takeOut').click();
  await ana.button('notes.takeOutYes').click();
  await expect(ana.page.getByText(ana.t('notes.notOurs'))).toBeVisible();
  await ana.button('notes.takeBackNo').click();
  await expect(noteOf(ana)).toContainText('من يدفع ثمن الحافلة؟');
  await ben.button('notes.takeBack').tap();
  await ben.button('notes.takeBackYes').tap();
  await expect(noteOf(ana)).toHaveCount(0);

  // After the page is loaded anew its token is gone; the circle can still take it out, and a gap stays.
  await box.fill('من يحمل المفتاح؟');
  await ben.button('notes.put').tap();
  await expect(noteOf(ana)).toContainText('من يحمل المفتاح؟');
  await ben.open(addressFor(1));
  await ben.button('notes.takeOut').tap();
  await ben.button('notes.takeOutYes').tap();
  await expect(noteOf(ana)).toContainText(ana.t('notes.gap'));
  await expect(ana.page.getByText('من يحمل المفتاح؟')).toHaveCount(0);

  // A section that opens again under somebody's hands keeps what they were typing.
  await facilitate(`/api/rounds/${round}/phase`, { phase: 'react' });
  const late = ana.page.getByLabel(ana.t('notes.box.reaction'));
  await late.fill('half a sentence');
  await facilitate(`/api/rounds/${round}/close`);
  await expect(ana.page.getByText(ana.t('notes.closedOnYou'))).toBeVisible();
  await expect(ana.page.getByLabel(ana.t('notes.box.suggestion'))).toHaveValue('half a sentence');
  await turnAndComeBack(ana.page);
  await expect(ana.page.getByLabel(ana.t('notes.box.suggestion'))).toHaveValue('half a sentence');
});
