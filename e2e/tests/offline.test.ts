import { PHONE } from '../support/people.ts';
import { openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { partOf, wordsIn } from '../support/typing.ts';
import { agreed } from '../support/writing.ts';

test.describe.configure({ retries: 0 });

const server = ownServer();

interface Marked extends Window {
  isStillTheSamePage?: boolean;
}

test('somebody goes offline, types, comes back, and loses nothing', async ({ people }) => {
  people.expectOutages();
  // By number: on "localhost" Socket.io does not listen to the browser when it says that the network is gone.
  const origin = server.now.url.replace('localhost', '127.0.0.1');
  const ana = await people.come(origin);
  const ben = await people.come(origin, PHONE);
  const table = await setTable([ana, ben]);
  const [a, b] = await openTogether([ana, ben], table, 'definition', 1);
  if (!a || !b) throw new Error('two people');
  await ben.page.evaluate(() => ((window as Marked).isStillTheSamePage = true));

  const before = wordsIn('latin', 40);
  await a.type(before);
  expect(await agreed([a, b])).toBe(before);
  await a.press('Enter');
  await expect(b.blocks).toHaveCount(2);

  await ben.context.setOffline(true);
  await b.caretToEndOf(0);
  const [meanwhile, alone] = [wordsIn('arabic', 60), wordsIn('greek', 60)];
  await Promise.all([a.type(meanwhile), b.type(alone)]);
  await b.expectSaved('device');
  await expect(ben.page.getByText(ben.t('connection.offline'))).toBeVisible();
  await expect(b.area.getByText(ben.t('saved.device')).first()).toBeVisible();
  await a.expectSaved('saved');
  expect(await a.text()).toBe(`${before}\n${meanwhile}`);
  expect(await b.text()).toBe(`${before}${alone}\n`);

  await test.step('turns to another section and back, still offline, with the words still there', async () => {
    await ben.pager('section.next').click();
    await expect(b.editor).toBeHidden();
    await ben.pager('section.back').click();
    await expect.poll(() => b.text()).toBe(`${before}${alone}\n`);
    await b.expectSaved('device');
  });

  await ben.context.setOffline(false);
  const text = await agreed([a, b]);
  expect(text).toBe(`${before}${alone}\n${meanwhile}`);
  expect(partOf(text, 'greek')).toBe(alone);
  await b.expectSaved('saved');
  await expect(ben.page.getByText(ben.t('connection.offline'))).toBeHidden();
  expect(await ben.page.evaluate(() => (window as Marked).isStillTheSamePage)).toBe(true);
});
