import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { take } from '../support/downloads.ts';
import { PHONE } from '../support/people.ts';
import type { People } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { answer, inRound, linkTo, toStep } from '../support/rounds.ts';
import { ask, found, type Sitting } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** What we will do: a table of activities. Starred: a circle is heard before it says yes. */
const NUMBER = 3;
const SECTION = 'what-we-will-do';
const COLUMN = `document.plan.${SECTION}.activities.activity.label`;
const DAY = /\b([A-Z][a-z]+ \d{1,2},|\d{1,2} [A-Z][a-z]+) 20\d\d\b/;

interface Evening {
  host: Sitting;
  /** At a wide screen. */
  ana: Sitting;
  /** On a phone, right to left. */
  ben: Sitting;
  plan: string;
}

async function sitDown(people: People): Promise<Evening> {
  const person = await people.come(server.now.url);
  const started = await ask<StartedPartnership>(person, 'post', '/api/partnerships', {
    body: {
      title: 'What we do',
      template: 'one-evening',
      locales: ['en'],
      circles: 2,
      handle: { picture: 'bridge' },
    },
  });
  const host: Sitting = { person, seat: started.seatId };
  const { circles, documents } = await ask<Table>(
    person,
    'get',
    `/api/partnerships/${started.partnershipId}`,
    host,
  );
  const [ana, ben] = [
    await found(circles[0]!.id, host, await people.come(server.now.url), 'kite'),
    await found(
      circles[1]!.id,
      host,
      await people.come(server.now.url, { ...PHONE, language: 'ar' }),
      'mango',
    ),
  ];
  const plan = documents.find(({ kind }) => kind === 'plan')!.id;
  for (const [index, name] of ['Baobab', 'River'].entries()) {
    const { person: who, seat } = [ana, ben][index]!;
    const circle = `/api/circles/${circles[index]!.id}`;
    await ask(who, 'patch', circle, { seat, body: { name } });
    const body = { documentId: plan, section: SECTION, mark: 'spoke' };
    await ask(who, 'post', `${circle}/heard`, { seat, body });
  }
  return { host, ana, ben, plan };
}

const openSection = ({ person, seat }: Sitting, plan: string) =>
  person.open(`/s/${seat}/d/${plan}/${NUMBER}`);

/** A facilitator puts the section before the circles, and goes on to the answers. */
async function begin({ person, seat }: Sitting, plan: string): Promise<void> {
  await person.open(`/s/${seat}/d/${plan}/ask`);
  await expect(
    person.page.getByRole('checkbox', { name: person.sectionTitle('plan', NUMBER) }),
  ).toBeChecked();
  await person.button('ask.begin').click();
  await toStep(person, 'object');
}

/** What one does after being asked whether one means it. */
async function sure({ page }: Person, doIt: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: doIt, exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function endRound(person: Person): Promise<void> {
  await person.button('facilitate.close').click();
  await sure(person, person.t('facilitate.close'));
  await expect(person.page.getByText(person.t('round.isOver'))).toBeVisible();
}

/** The way from a section to its round. */
const goToRound = async (who: Sitting, plan: string) => {
  await openSection(who, plan);
  await who.person.link('rounds.go').first().click();
  await expect(inRound(who.person)).toBeVisible();
};

test('what is disputed is set apart and the rest agreed; a circle takes its yes back later, and that shows by day', async ({
  people,
}) => {
  const { host, ana, ben, plan } = await sitDown(people);
  const rows = ana.person.page.locator('.rows').first().locator('.row');

  await test.step('one of two activities is set apart', async () => {
    await openSection(ana, plan);
    for (const [index, activity] of ['A night bus', 'A hotline with the police'].entries()) {
      await ana.person.page
        .getByRole('button', { name: ana.person.t('row.add') })
        .first()
        .click();
      await rows.nth(index).getByLabel(ana.person.t(COLUMN)).pressSequentially(activity);
    }
    await ana.person.writing('plan', NUMBER).expectSaved('saved');
    await openSection(ben, plan);
    await ben.person.page.getByRole('tab', { name: ben.person.t('writing.together') }).tap();
    await ben.person.button('row.liftNumbered', { number: 2 }).tap();
    await ben.person.button('row.liftYes').tap();
    await expect(rows).toHaveCount(1);
    await ben.person.writing('plan', NUMBER).expectSaved('saved');
  });

  await test.step('the rest is before the circles, and they agree', async () => {
    await begin(host, plan);
    for (const who of [ana, ben]) {
      await goToRound(who, plan);
      await expect(inRound(who.person).getByText('A night bus')).toBeVisible();
      await answer(who.person, 'consent');
    }
    for (const { person } of [host, ana, ben])
      await expect(linkTo(person, 'plan', NUMBER, person.page.locator('.round-sections'))).toContainText(
        person.t('round.agreed'),
      );
  });

  await test.step('the facilitator ends the round: what is agreed stays agreed', async () => {
    await endRound(host.person);
    await expect(ben.person.page.getByText(ben.person.t('round.isOver'))).toBeVisible();
    await openSection(host, plan);
    const file = (await take(host.person, 'md')).content.toString('utf8');
    expect(file).toMatch(/Agreed by every circle that was asked: 1 of/);
    expect(file).toContain('A night bus');
    expect(file).toContain('A hotline with the police');
    expect(file.indexOf('A hotline')).toBeGreaterThan(file.indexOf('A night bus'));
  });

  await test.step('one circle takes its yes back, after the end as well', async () => {
    await ben.person.button('answer.takenBack').tap();
    await sure(ben.person, ben.person.t('answer.takeBack'));
    await expect(ben.person.button('answer.give')).toBeVisible();
    await goToRound(ana, plan);
    await expect(inRound(ana.person).getByText(/River.? took its answer back on/)).toHaveText(DAY);
  });

  await test.step('the table waits for that circle, and so does the file, which says the day', async () => {
    for (const { person, seat } of [ana, host]) {
      await person.open(`/s/${seat}`);
      await expect(
        person.page
          .getByRole('listitem')
          .filter({ has: person.page.getByRole('link', { name: person.sectionTitle('plan', NUMBER) }) })
          .last(),
      ).toContainText(person.t('standing.waiting'));
    }
    await openSection(host, plan);
    await expect(host.person.page.getByText(/waiting for .?River/)).toBeVisible();
    const file = (await take(host.person, 'md')).content.toString('utf8');
    expect(file).toMatch(/Agreed by those here\. Waiting for .?River/);
    expect(/Took its agreement back on ([^|\n]*)/.exec(file)?.[1]).toMatch(DAY);
    expect(file).not.toMatch(/\d{1,2}:\d{2}/);
  });
});

test('why a circle could not agree stays readable after newer words were put forward; ending the round tells no sealed answer', async ({
  people,
}) => {
  const { host, ana, ben, plan } = await sitDown(people);
  const REASON = 'Nobody calls the police here.';
  await openSection(ana, plan);
  const writing = ana.person.writing('plan', NUMBER);
  await writing.type('A hotline.');
  await writing.expectSaved('saved');

  await test.step('an objection opens the section again', async () => {
    await begin(host, plan);
    await goToRound(ana, plan);
    await answer(ana.person, 'consent');
    // A phone shows own words first, and what is before the circles before that.
    await openSection(ben, plan);
    const together = ben.person.page.getByRole('tab', { name: ben.person.t('writing.together') });
    await expect(together).toHaveAttribute('aria-selected', 'true');
    await expect(ben.person.page.getByText('A hotline.')).toBeVisible();
    await goToRound(ben, plan);
    await answer(ben.person, 'objection', REASON);
    await expect(inRound(host.person).getByText(REASON)).toBeVisible();
    await ana.person.link('round.changeWords').click();
    await writing.caretToEndOf(0);
    await writing.type(' Answered by us.');
    await writing.expectSaved('saved');
  });

  await test.step('changed words are put forward, and the reason is still there to be read', async () => {
    await toStep(host.person, 'integrate');
    await host.person.button('facilitate.repin').click();
    await sure(host.person, host.person.t('facilitate.repin'));
    await toStep(host.person, 'object');
    await goToRound(ana, plan);
    for (const { person } of [host, ana, ben]) {
      await expect(inRound(person).getByText('A hotline. Answered by us.')).toBeVisible();
      await inRound(person).getByText(person.t('round.earlier'), { exact: true }).click();
      await expect(inRound(person).getByText(REASON)).toBeVisible();
    }
  });

  await test.step('the round ends before all have answered: nothing of the sealed answer, all of the earlier one', async () => {
    await answer(ana.person, 'concern', 'Who answers at night?');
    await expect(ana.person.heading('answer.given')).toBeVisible();
    await endRound(host.person);
    for (const { person } of [host, ana, ben]) {
      await expect(person.page.getByText(person.t('round.wasUnanswered'))).toBeVisible();
      await expect(person.page.getByText('Who answers at night?')).toHaveCount(0);
    }
    for (const { person } of [host, ana, ben]) await expect(inRound(person).getByText(REASON)).toBeVisible();
    await openSection(ana, plan);
    await writing.caretToEndOf(0);
    await writing.type(' And it is free.');
    await writing.expectSaved('saved');
  });
});
