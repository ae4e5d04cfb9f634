import type { Joined, MintedCode } from '@longtable/shared/protocol/http/circles';
import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

const TITLE = 'The table by the well';

async function found(host: Person, seat: string, circle: string, person: Person): Promise<string> {
  const { code } = await ask<MintedCode>(host, 'post', `/api/circles/${circle}/codes`, {
    seat,
    body: { uses: 1, days: 1 },
  });
  const { seatId } = await ask<Joined>(person, 'post', '/api/join', {
    body: { code, handle: { picture: 'leaf' }, locale: person.language },
  });
  return seatId;
}

test('an invitation opened on a member’s phone asks whose it is, and answers are not lost by a reload', async ({
  people,
}) => {
  const member = await people.come(server.now.url, PHONE);
  const table = await setTable([member]);
  const { code } = await ask<MintedCode>(
    member,
    'post',
    `/api/partnerships/${table.partnershipId}/partners`,
    { seat: table.seats[0]!, body: { name: 'The hill clinic', locale: 'en' } },
  );
  await member.open(`/invited#${code}`);
  await expect(member.heading('whose.title')).toBeVisible();
  await member.button('whose.mine').tap();
  await member.button('join.next').tap();
  const answer = member.page.getByLabel(member.t('invited.from'));
  await answer.fill('From the hill.');
  const asked = member.page.waitForEvent('dialog');
  await member.page.evaluate(() => setTimeout(() => location.reload()));
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(answer).toHaveValue('From the hill.');
});

test('an organisation says where it stands, waits until every circle has said yes, and sits down in a circle of its own', async ({
  people,
}) => {
  people.expectOutages();
  people.expectAnswers(404);
  const origin = server.now.url;
  const host = await people.come(origin);
  const started = await ask<StartedPartnership>(host, 'post', '/api/partnerships', {
    body: {
      title: TITLE,
      template: 'one-evening',
      locales: ['en'],
      circles: 2,
      handle: { picture: 'bridge' },
    },
  });
  const { circles } = await ask<Table>(host, 'get', `/api/partnerships/${started.partnershipId}`, {
    seat: started.seatId,
  });
  const members = [await people.come(origin, PHONE), await people.come(origin, { language: 'ar' })];
  for (const [index, member] of members.entries())
    await member.open(`/s/${await found(host, started.seatId, circles[index]!.id, member)}`);
  const [first, second] = members as [Person, Person];

  // A member invites.
  await first.page.getByText(first.t('partners.invite'), { exact: true }).click();
  await first.page.getByLabel(first.t('partners.name')).fill('The night clinic');
  await first.button('partners.make').click();
  const code = (await first.page.locator('.code-text').innerText()).replaceAll('-', '');

  // The organisation reads what this is, answers every question, and sends.
  const clinic = await people.come(origin, PHONE);
  await clinic.open(`/invited#${code}`);
  await expect(clinic.heading('invited.title')).toBeVisible();
  expect(clinic.page.url()).not.toContain(code);
  await clinic.button('join.next').click();
  await clinic.page.getByLabel(clinic.t('invited.from')).fill('From this side of the river.');
  await clinic.button('invited.send').click();
  await expect(clinic.page.getByText(clinic.t('invited.missing')).first()).toBeVisible();
  await clinic.page.getByLabel(clinic.t('invited.answersTo')).fill('Our members, once a year.');
  const tie = (id: string) => clinic.page.getByRole('radiogroup', { name: clinic.t(id) });
  await tie('invited.ties.police').getByText(clinic.t('invited.ties.none'), { exact: true }).click();
  await tie('invited.ties.immigration').getByText(clinic.t('invited.ties.none'), { exact: true }).click();
  await tie('invited.ties.funders').getByText(clinic.t('invited.ties.some'), { exact: true }).click();
  await clinic.page.getByLabel(clinic.t('invited.ties.words')).fill('One, who asks for a yearly report.');
  await clinic.page.getByLabel(clinic.t('label.funder')).check();
  await clinic.button('invited.send').click();
  await expect(clinic.heading('invited.sentTitle')).toBeVisible();
  await expect(clinic.page.locator('body')).not.toContainText(TITLE);

  // Every circle reads it; one says not yet, and only later yes. Nobody else learns which.
  const title = (member: Person) => member.heading('partners.asks', { name: 'The night clinic' });
  const asks = (member: Person) => member.page.getByRole('region').filter({ has: title(member) });
  await expect(title(first)).toBeVisible();
  // What somebody has written to it stays while they look at what it is about.
  const words = asks(first).getByLabel(first.t('partners.words'));
  await words.fill('Who pays for it?');
  await first.openSectionFromTable('definition', 1);
  await first.link('writing.toTable').click();
  await expect(words).toHaveValue('Who pays for it?');
  await words.fill('');
  await asks(first).getByText(first.t('partners.yes'), { exact: true }).click();
  await first.button('partners.send').click();
  await expect(first.page.getByText(first.t('partners.said.yes'))).toBeVisible();
  await expect(title(second)).toBeVisible();
  await asks(second).getByText(second.t('partners.notYet'), { exact: true }).click();
  await second.button('partners.send').click();
  await expect(second.page.getByText(second.t('partners.said.notYet'))).toBeVisible();
  await expect(first.page.getByText(first.t('partners.stateAbout.asking'))).toBeVisible();
  await second.button('partners.change').click();
  await asks(second).getByText(second.t('partners.yes'), { exact: true }).click();
  await second.button('answer.keep').click();
  await expect(second.page.getByText(second.t('partners.said.notYet'))).toBeVisible();
  await second.button('partners.change').click();
  await asks(second).getByText(second.t('partners.yes'), { exact: true }).click();
  await second.button('partners.send').click();

  // It sits down, and what it is stands beside its circle's name.
  await expect(clinic.heading('invited.agreedTitle')).toBeVisible({ timeout: 20_000 });
  await clinic.pickPicture('lamp');
  // Its seat is there, and it does not hear of it: that is no dead end either, however long it waits.
  await clinic.page.route(
    '**/api/askings/*/seat',
    async (route) => {
      const cookies = await clinic.context.cookies();
      await route.fetch();
      await clinic.context.addCookies(cookies);
      await route.abort('connectionfailed');
    },
    { times: 1 },
  );
  await clinic.button('invited.sit').click();
  await expect(clinic.page.getByText(clinic.t('error.offline'))).toBeVisible();
  await clinic.page.waitForResponse((answer) => answer.url().endsWith('/api/askings'));
  await clinic.button('invited.sit').click();
  await expect(clinic.page.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(clinic.button('wayBack.keep')).toBeVisible();
  const named = (person: Person) =>
    person.page.getByRole('heading', {
      name: person.t('label.named', {
        name: person.t('circle.numbered', { number: 3 }),
        labels: person.t('label.funder'),
      }),
    });
  for (const member of members) await expect(named(member)).toBeVisible();
  await expect(named(clinic).first()).toBeVisible();
});

test('one device asks at two tables and finds both; an answer that was lost on the way is no dead end', async ({
  people,
}) => {
  people.expectOutages();
  const origin = server.now.url;
  const host = await people.come(origin);
  const clinic = await people.come(origin, PHONE);
  const invited = async (name: string) => {
    const { partnershipId, seatId } = await ask<StartedPartnership>(host, 'post', '/api/partnerships', {
      body: {
        title: TITLE,
        template: 'one-evening',
        locales: ['en'],
        circles: 1,
        handle: { picture: 'bridge' },
      },
    });
    const table = `/api/partnerships/${partnershipId}`;
    const { circles } = await ask<Table>(host, 'get', table, { seat: seatId });
    await ask(host, 'post', `/api/circles/${circles[0]!.id}/first-seat`, {
      seat: seatId,
      body: { handle: { picture: 'kite' } },
    });
    const { code } = await ask<MintedCode>(host, 'post', `${table}/partners`, {
      seat: seatId,
      body: { name, locale: 'en' },
    });
    return code;
  };
  const answerAll = async () => {
    await clinic.page.getByLabel(clinic.t('invited.from')).fill('From this side of the river.');
    await clinic.page.getByLabel(clinic.t('invited.answersTo')).fill('Our members, once a year.');
    for (const none of await clinic.page.getByText(clinic.t('invited.ties.none'), { exact: true }).all())
      await none.click();
  };

  const [river, hill] = [await invited('The river clinic'), await invited('The hill clinic')];
  await clinic.open(`/invited#${river}`);
  await clinic.button('join.next').click();
  await answerAll();
  // It reaches the server; what the server says to it does not come back.
  await clinic.page.route(
    '**/api/askings',
    async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      await route.fetch();
      return route.abort('connectionfailed');
    },
    { times: 1 },
  );
  await clinic.button('invited.send').click();
  await expect(clinic.page.getByText(clinic.t('error.offline'))).toBeVisible();
  await clinic.button('invited.send').click();
  await expect(clinic.heading('invited.sentTitle')).toBeVisible();
  await expect(clinic.page.locator('.code-text')).toBeVisible();

  // The link that they were given brings them back here.
  await clinic.open('/');
  await clinic.open(`/invited#${river}`);
  await clinic.button('join.next').click();
  await expect(clinic.heading('invited.waitTitle')).toBeVisible();

  await clinic.button('invited.otherCode').click();
  await clinic.page.getByLabel(clinic.t('join.code'), { exact: true }).fill(hill);
  await clinic.button('join.next').click();
  await clinic.button('join.next').click();
  await answerAll();
  await clinic.button('invited.send').click();
  await expect(clinic.heading('invited.sentTitle')).toBeVisible();
  for (const name of ['The river clinic', 'The hill clinic']) {
    await clinic.button('invited.others').click();
    await expect(clinic.heading('invited.chooseTitle')).toBeVisible();
    await clinic.page.getByRole('button', { name }).click();
    await expect(clinic.page.getByText(clinic.t('invited.waiting', { name }))).toBeVisible();
  }
});
