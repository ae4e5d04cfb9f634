import type { Locator } from '@playwright/test';
import type { Joined, MintedCode } from '@longtable/shared/protocol/http/circles';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, found, type Sitting } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** Keeps every answer that this person's browser gets from the server's API. */
function keepAnswers({ page, origin }: Person): { texts(): Promise<string[]> } {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(`${origin}/api/`)) bodies.push(response.text().catch(() => ''));
  });
  return { texts: () => Promise.all(bodies) };
}

async function bring(circleId: string, member: Sitting, person: Person, picture: string): Promise<Sitting> {
  const { code } = await ask<MintedCode>(member.person, 'post', `/api/circles/${circleId}/codes`, {
    seat: member.seat,
    body: { uses: 1, days: 1 },
  });
  const joined = await ask<Joined>(person, 'post', '/api/join', {
    body: { code, handle: { picture }, locale: person.language },
  });
  await ask(member.person, 'post', `/api/circles/${circleId}/door/${joined.seatId}`, {
    seat: member.seat,
    body: { letIn: true },
  });
  return { person, seat: joined.seatId };
}

const read = async ({ context }: Person, path: string, seat: string): Promise<string> =>
  (await context.request.get(path, { headers: { [SEAT_HEADER]: seat } })).text();

const openTable = async ({ person, seat }: Sitting) => {
  await person.open(`/s/${seat}`);
  await expect(person.heading('table.documents')).toBeVisible();
};

/** The line of one circle below the title of a section, on the table. */
const standing = ({ person }: Sitting, section: number, circle: string): Locator =>
  person.page
    .locator('.section-links > li')
    .filter({
      has: person.page.getByRole('link', { name: person.sectionTitle('definition', section), exact: true }),
    })
    .getByRole('list', { name: person.t('heard.circles') })
    .getByRole('listitem')
    .filter({ hasText: circle });

const waiting = ({ person }: Sitting, section: number): Locator =>
  person.page
    .locator('.section-places')
    .getByRole('link', { name: person.sectionTitle('definition', section), exact: true });

/** From the list of what waits to the answer, as a hand goes. */
async function answer(sitting: Sitting, section: number, id: string): Promise<void> {
  const { person } = sitting;
  await openTable(sitting);
  await waiting(sitting, section).click();
  await person.button(id).click();
  await expect(person.button(id)).toHaveAttribute('aria-pressed', 'true');
}

test('each circle says for itself whether it is heard; "not safe" is to all others what "not yet" is', async ({
  people,
}) => {
  const host = await people.come(server.now.url);
  const ana = await people.come(server.now.url, PHONE);
  const ben = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const zoe = await people.come(server.now.url);

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
  const [baobab, river] = [circles[0]!.id, circles[1]!.id];
  const definition = documents.find(({ kind }) => kind === 'definition')!.id;

  const hostAnswers = keepAnswers(host);
  await openTable(facilitator);
  await expect(host.page.getByText(host.t('table.nobodySits'))).toBeVisible();
  await expect(host.page.getByText(host.t('waiting.title'))).toHaveCount(0);

  const first = await found(baobab, facilitator, ana, 'kite');
  const friend = await bring(baobab, first, ben, 'drum');
  const other = await found(river, facilitator, zoe, 'mango');
  await ask(ana, 'patch', `/api/circles/${baobab}`, { seat: first.seat, body: { name: 'Baobab' } });
  await ask(zoe, 'patch', `/api/circles/${river}`, { seat: other.seat, body: { name: 'River' } });
  const zoeAnswers = keepAnswers(zoe);

  await test.step('"not safe" with nobody chosen leads to choosing somebody', async () => {
    await answer(first, 1, 'heard.notSafe');
    await expect(ana.page.getByText(ana.t('notSafe.nobody'))).toBeVisible();
    await ana.button('notSafe.choose').click();
    const dialog = ana.page.getByRole('dialog', { name: ana.t('support.title') });
    await dialog.getByText(ana.t('picture.drum'), { exact: true }).click();
    await dialog.getByRole('button', { name: ana.t('support.keep') }).click();
    await expect(dialog).toBeHidden();
    await expect(ana.page.getByText(ana.t('notSafe.seat'))).toBeVisible();
  });

  await test.step('the notice is for the chosen seat, and for no other', async () => {
    await openTable(friend);
    const notice = ben.page.locator('.notice').filter({ hasText: ben.t('support.notice') });
    await expect(notice.getByRole('link', { name: ben.sectionTitle('definition', 1) })).toBeVisible();
    for (const sitting of [first, other, facilitator]) {
      const { person } = sitting;
      await openTable(sitting);
      await expect(standing(sitting, 1, 'Baobab')).toBeVisible();
      await expect(person.page.getByText(person.t('support.notice'))).toHaveCount(0);
    }
  });

  await test.step('spoke and passed are both heard, and a section that is answered waits no more', async () => {
    await answer(first, 2, 'heard.spoke');
    await answer(friend, 5, 'heard.passed');
    await openTable(friend);
    await expect(waiting(friend, 12)).toBeVisible();
    for (const section of [2, 5]) await expect(waiting(friend, section)).toHaveCount(0);
    for (const sitting of [facilitator, other, friend]) {
      await openTable(sitting);
      const { person } = sitting;
      for (const section of [2, 5]) {
        await expect(standing(sitting, section, 'Baobab')).toContainText(person.t('heard.isHeard'));
      }
      for (const circle of ['Baobab', 'River']) {
        await expect(standing(sitting, 1, circle)).toContainText(person.t('heard.notYet'));
      }
    }
  });

  await test.step('to everyone else a circle that is not safe looks like one that said nothing', async () => {
    for (const sitting of [facilitator, other]) {
      // 12: asked, and never answered by anybody.
      const [notSafe, nothing] = await Promise.all(
        [1, 12].map((section) =>
          standing(sitting, section, 'Baobab').evaluate((line) =>
            new XMLSerializer().serializeToString(line),
          ),
        ),
      );
      expect(notSafe).toBe(nothing);
    }
    for (const { person, seat, kept } of [
      { ...facilitator, kept: hostAnswers },
      { ...other, kept: zoeAnswers },
    ]) {
      // Once more and directly: a browser may drop the body of an answer when it goes to another page.
      const asked = await Promise.all(
        [
          '/api/me',
          `/api/partnerships/${started.partnershipId}`,
          `/api/partnerships/${started.partnershipId}/standing`,
          `/api/documents/${definition}`,
          `/api/documents/${definition}/export?format=md`,
        ].map((path) => read(person, path, seat)),
      );
      const { documents } = Standing.parse(JSON.parse(asked[2] ?? ''));
      const { sections } = documents.find(({ id }) => id === definition)!;
      const heardOn = (key: string) =>
        sections.find((each) => each.section === key)!.heard.find(({ circleId }) => circleId === baobab);
      expect(heardOn('our-words')).toEqual({ circleId: baobab, isHeard: false });
      expect(heardOn('why')).toEqual({ circleId: baobab, isHeard: true });
      const texts = [...asked, ...(await kept.texts())];
      expect(texts.filter((text) => text.includes('"isHeard"')).length).toBeGreaterThan(0);
      for (const text of [...texts, ...person.frames]) expect(text).not.toMatch(/notSafe|spoke|passed/);
      for (const text of texts) expect(text).not.toContain(friend.seat);
    }
    // The other circle's own answers are asked of it, and hold nothing of this one's.
    expect((await zoeAnswers.texts()).filter((text) => text.includes('"marks"'))).not.toHaveLength(0);
    for (const { person, seat } of [facilitator, other]) {
      expect(await read(person, `/api/circles/${baobab}/heard`, seat)).toContain('notFound');
    }
  });

  await test.step('an answer can be taken back, and then it waits again', async () => {
    await openTable(first);
    await ana.page
      .locator('.section-links')
      .getByRole('link', { name: ana.sectionTitle('definition', 2), exact: true })
      .click();
    await ana.button('heard.takeBack').click();
    await expect(ana.button('heard.spoke')).toHaveAttribute('aria-pressed', 'false');
    await openTable(first);
    await expect(waiting(first, 2)).toBeVisible();
    await openTable(facilitator);
    await expect(standing(facilitator, 2, 'Baobab')).toContainText(host.t('heard.notYet'));
  });

  await test.step('somebody outside can be chosen too; the page says that it tells them nothing', async () => {
    await openTable(first);
    await ana.page.getByText(ana.t('support.title'), { exact: true }).first().click();
    await ana.page.getByText(ana.t('support.outside'), { exact: true }).click();
    await ana.page.getByLabel(ana.t('support.text')).fill('Mother Efua, by the well');
    // Turning the page keeps it.
    await ana.openSectionFromTable('definition', 1);
    await ana.link('writing.toTable').click();
    await ana.page.getByText(ana.t('support.title'), { exact: true }).first().click();
    await expect(ana.page.getByLabel(ana.t('support.text'))).toHaveValue('Mother Efua, by the well');
    await ana.button('support.keep').click();
    await expect(ana.page.getByText(ana.t('circle.saved'))).toBeVisible();
    await openTable(friend);
    await expect(ben.page.getByText(ben.t('support.notice'))).toHaveCount(0);
    await ben.page
      .locator('.section-links')
      .getByRole('link', { name: ben.sectionTitle('definition', 1), exact: true })
      .click();
    await expect(ben.page.getByText(ben.t('notSafe.outside'))).toBeVisible();
    await expect(ben.page.getByText('Mother Efua, by the well', { exact: true })).toBeVisible();
  });

  const size = await ana.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(size, 'nothing scrolls sideways on a phone').toBeLessThanOrEqual(0);
});
