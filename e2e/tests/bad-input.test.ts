import { MAX_PASTE_CHARACTERS } from '@longtable/shared/limits';
import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { fieldLabelId } from '@longtable/shared/documents/texts';
import { paste } from '../support/clipboard.ts';
import { PHONE } from '../support/people.ts';
import { createTestDatabase, skipWithoutPostgres, type TestDatabase } from '../support/postgres.ts';
import { ask, openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { keepTyping, partOf } from '../support/typing.ts';
import { agreed } from '../support/writing.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';

test.describe('bad input', () => {
  const server = ownServer();

  test('a wrong, a used and a taken back code say what to do, and the right one then works', async ({
    people,
  }) => {
    people.expectAnswers(404);
    const host = await people.come(server.now.url);
    const table = await setTable([host]);
    const mint = (uses: number) =>
      ask<MintedCode>(host, 'post', `/api/circles/${table.circleId}/codes`, {
        seat: table.seats[0]!,
        body: { uses, days: 1 },
      });
    const [used, takenBack, good] = [await mint(1), await mint(5), await mint(5)];
    const first = await people.come(server.now.url, PHONE);
    await first.joinByCode(used.code, 'cup');
    await ask(host, 'delete', `/api/circles/${table.circleId}/codes/${takenBack.id}`, {
      seat: table.seats[0]!,
    });

    const guest = await people.come(server.now.url, PHONE);
    await guest.open('/join');
    const field = guest.page.getByLabel(guest.t('join.code'), { exact: true });
    await field.fill('AB');
    await guest.button('join.next').click();
    await expect(guest.page.getByRole('alert')).toHaveText(guest.t('join.codeMissing'));
    await expect(field).toBeFocused();

    await field.fill('WRNG-CDE7');
    await guest.button('join.next').click();
    await guest.button('join.next').click();
    await guest.pickPicture('star');
    for (const code of ['WRNG-CDE7', used.code, takenBack.code]) {
      if (code !== 'WRNG-CDE7') {
        await guest.button('join.otherCode').click();
        await field.fill(code);
        await guest.button('join.next').click();
      }
      await guest.button('join.knock').click();
      await expect(guest.page.getByRole('alert')).toContainText(guest.t('error.codeUnknown'));
    }
    await guest.button('join.otherCode').click();
    await field.fill(good.code);
    await guest.button('join.next').click();
    await guest.button('join.knock').click();
    await expect(guest.heading('door.title')).toBeVisible();
  });

  test('a form that is sent too early leads to what is missing', async ({ people }) => {
    const person = await people.come(server.now.url, PHONE);
    const { page } = person;
    await person.open('/start');
    await person.button('join.next').click();
    await person.button('start.submit').click();
    const title = page.getByLabel(person.t('start.title'));
    await expect(title).toBeFocused();
    await expect(page.getByText(person.t('start.titleMissing'))).toBeInViewport({ ratio: 1 });

    await title.fill('What we want to say');
    await page.getByLabel(person.t('language.en'), { exact: true }).uncheck();
    await person.button('start.submit').click();
    await expect(page.getByLabel(person.t('language.en'), { exact: true })).toBeFocused();
    await page.getByLabel(person.t('language.ar'), { exact: true }).check();
    await person.button('start.submit').click();
    await expect(page.getByRole('radio', { name: person.t('picture.kite') })).toBeFocused();
    await expect(page.getByText(person.t('handle.pictureMissing'))).toBeInViewport({ ratio: 1 });
    await person.pickPicture('kite');
    await person.button('start.submit').click();
    await person.link('set.toTable').click();
    await expect(person.heading('table.circles')).toBeVisible();

    await person.button('circle.takeFirstSeat').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: person.t('firstSeat.take') }).click();
    await expect(dialog.getByRole('radio', { name: person.t('picture.kite') })).toBeFocused();
    await expect(dialog.getByText(person.t('handle.pictureMissing'))).toBeInViewport({ ratio: 1 });
  });

  test('a paste that is too long is refused in words, and what was there stays', async ({ people }) => {
    const person = await people.come(server.now.url);
    const table = await setTable([person]);
    const [writing] = await openTogether([person], table, 'definition', 2);
    if (!writing) throw new Error('somebody');
    await writing.type('What we wrote before.');
    await writing.expectSaved('saved');

    const toast = person.page.getByText(person.t('editor.pasteTooLong', { limit: MAX_PASTE_CHARACTERS }));
    await writing.editor.focus();
    await paste(person, 'x'.repeat(MAX_PASTE_CHARACTERS + 1));
    await expect(toast).toBeVisible();
    expect(await writing.text()).toBe('What we wrote before.');
    await writing.expectSaved('saved');
    await person.button('close').click();
    await expect(toast).toBeHidden();

    const field = writing.area.getByLabel(
      person.t(fieldLabelId('definition', 'what-happens', 'description')),
    );
    await field.pressSequentially('Also before.');
    await paste(person, 'y'.repeat(MAX_PASTE_CHARACTERS + 1));
    await expect(toast).toBeVisible();
    await expect(field).toHaveValue('Also before.');
    await writing.expectSaved('saved');

    await test.step('as much as is allowed goes in, and is saved', async () => {
      const page = Array.from({ length: 1_000 }, (_, line) => `Line ${line} of a long paste.`).join('\n');
      await writing.caretToEndOf(0);
      await paste(person, page);
      await expect.poll(() => writing.text()).toBe(`What we wrote before.${page}`);
      await writing.expectSaved('saved');
      await person.page.reload();
      await expect.poll(() => writing.text()).toBe(`What we wrote before.${page}`);
    });
  });

  test('what is another table’s and what is nowhere look the same', async ({ people }) => {
    people.expectAnswers(404);
    const [mine, theirs] = [await people.come(server.now.url), await people.come(server.now.url)];
    const table = await setTable([mine]);
    const other = await setTable([theirs]);
    const seat = table.seats[0]!;

    const screens: string[] = [];
    for (const document of [other.documents.plan, NOWHERE]) {
      await mine.open(`/s/${seat}/d/${document}/1`);
      await expect(mine.heading('notFound.title')).toBeVisible();
      screens.push(await mine.page.locator('main').ariaSnapshot());
      for (const path of [`/api/documents/${document}`, `/api/documents/${document}/export?format=md`]) {
        await expect(ask(mine, 'get', path, { seat })).rejects.toThrow('404 {"code":"notFound"}');
      }
    }
    expect(screens[0]).toBe(screens[1]);

    for (const foreign of [other.seats[0]!, NOWHERE, 'nonsense']) {
      await mine.open(`/s/${foreign}`);
      await expect(mine.heading('notFound.title')).toBeVisible();
      expect(await mine.page.locator('main').ariaSnapshot()).toBe(screens[0]);
    }
    await mine.open(table.addressOf(0, 'plan', 99));
    await expect(mine.heading('notFound.title')).toBeVisible();
  });
});

test.describe('with PostgreSQL', () => {
  skipWithoutPostgres();
  let database: TestDatabase;
  const server = ownServer(async () => {
    database = await createTestDatabase();
    return { databaseUrl: database.url };
  });
  test.afterAll(() => database?.drop());

  test('the database goes away while two people write: words stay, the screen tells the truth, all is saved in the end', async ({
    people,
  }) => {
    // A door that cannot ask its database says 503.
    people.expectAnswers(503);
    people.expectOutages();
    const [ana, ben] = [await people.come(server.now.url), await people.come(server.now.url)];
    const table = await setTable([ana, ben]);
    const [a, b] = await openTogether([ana, ben], table, 'definition', 3);
    if (!a || !b) throw new Error('two people');
    const [latin, greek] = [keepTyping(a, 'latin'), keepTyping(b, 'greek')];
    await Promise.all([latin.more(20), greek.more(20)]);

    await database.takeAway();
    await expect.poll(() => a.saved()).toBe('device');
    await Promise.all([latin.more(30), greek.more(30)]);
    const seenBySomeoneElse = partOf(await b.text(), 'latin').length;
    await latin.more(20);
    expect(partOf(await b.text(), 'latin')).toHaveLength(seenBySomeoneElse);
    for (const writing of [a, b]) expect(await writing.saved()).not.toBe('saved');
    expect((await fetch(`${server.now.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.now.url}/readyz`)).status).toBe(503);

    await database.giveBack();
    const typed = await Promise.all([latin.stop(), greek.stop()]);
    const text = await agreed([a, b], 60_000);
    expect(partOf(text, 'latin')).toBe(typed[0]);
    expect(partOf(text, 'greek')).toBe(typed[1]);
    expect((await fetch(`${server.now.url}/readyz`)).status).toBe(200);
    await ben.page.reload();
    await expect.poll(() => b.text()).toBe(text);
  });

  test('a code that is out of date opens nothing', async ({ people }) => {
    people.expectAnswers(404);
    const host = await people.come(server.now.url);
    const table = await setTable([host]);
    const minted = await ask<MintedCode>(host, 'post', `/api/circles/${table.circleId}/codes`, {
      seat: table.seats[0]!,
      body: { uses: 5, days: 1 },
    });
    const { rowCount } = await database.run(
      `update codes set expires_on = current_date - 2 where id = '${minted.id}'`,
    );
    expect(rowCount).toBe(1);
    const guest = await people.come(server.now.url, PHONE);
    await guest.page.goto(minted.url);
    await guest.button('join.next').click();
    await guest.pickPicture('star');
    await guest.button('join.knock').click();
    await expect(guest.page.getByRole('alert')).toContainText(guest.t('error.codeUnknown'));
  });
});
