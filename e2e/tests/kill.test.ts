import { PHONE } from '../support/people.ts';
import { createTestDatabase, skipWithoutPostgres, type TestDatabase } from '../support/postgres.ts';
import { openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { keepTyping, partOf, type Script } from '../support/typing.ts';
import { agreed } from '../support/writing.ts';

test.describe.configure({ retries: 0 });

interface Marked extends Window {
  isStillTheSamePage?: boolean;
}

const scripts: Script[] = ['latin', 'greek', 'arabic'];

for (const backend of ['the embedded database', 'PostgreSQL'] as const) {
  test.describe(backend, () => {
    let database: TestDatabase | undefined;
    if (backend === 'PostgreSQL') skipWithoutPostgres();
    const server = ownServer(async () => {
      if (backend === 'PostgreSQL') database = await createTestDatabase();
      return database ? { databaseUrl: database.url } : {};
    });
    test.afterAll(() => database?.drop());

    test('the server is killed and started again while three people type, and nobody loses a letter', async ({
      people,
    }) => {
      people.expectOutages();
      const origin = server.now.url;
      const all = [await people.come(origin), await people.come(origin, PHONE), await people.come(origin)];
      const table = await setTable(all);
      const writings = await openTogether(all, table, 'plan', 3);
      for (const { page } of all) await page.evaluate(() => ((window as Marked).isStillTheSamePage = true));

      const typing = writings.map((writing, index) => keepTyping(writing, scripts[index]!));
      await Promise.all(typing.map((each) => each.more(40)));
      for (let kill = 0; kill < 2; kill++) {
        await server.now.kill('SIGKILL');
        await Promise.all(typing.map((each) => each.more(20)));
        for (const writing of writings) await writing.expectSaved('device');
        await server.now.restart();
        await Promise.all(typing.map((each) => each.more(20)));
      }
      const typed = await Promise.all(typing.map((each) => each.stop()));

      const text = await agreed(writings, 40_000);
      for (const [index, script] of scripts.entries()) expect(partOf(text, script)).toBe(typed[index]);
      for (const { page } of all) {
        expect(await page.evaluate(() => (window as Marked).isStillTheSamePage)).toBe(true);
      }

      await test.step('and it is in the database, not only on the screens', async () => {
        const late = await people.come(origin);
        await late.context.addCookies(await all[0]!.context.cookies());
        await late.open(table.addressOf(0, 'plan', 3));
        await expect.poll(() => late.writing('plan', 3).text()).toBe(text);
      });
    });
  });
}
