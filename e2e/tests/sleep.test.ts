import type { WayBack } from '@longtable/shared/protocol/http/returns';
import { PHONE } from '../support/people.ts';
import { putToSleep } from '../support/sleep.ts';
import { ask, openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { wordsIn } from '../support/typing.ts';
import { agreed } from '../support/writing.ts';

test.describe.configure({ retries: 0 });

const server = ownServer();

test('R27 what was typed before the phone went to sleep is sent when it wakes, between what others wrote', async ({
  people,
}) => {
  people.expectOutages();
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url, PHONE);
  const table = await setTable([ana, ben]);
  const [a, b] = await openTogether([ana, ben], table, 'definition', 1);
  if (!a || !b) throw new Error('two people');
  const [before, alone, meanwhile] = [wordsIn('latin', 30), wordsIn('greek', 30), wordsIn('arabic', 30)];
  await a.type(before);
  expect(await agreed([a, b])).toBe(before);

  await server.now.kill('SIGKILL');
  await b.caretToEndOf(0);
  await b.type(alone);
  await b.expectSaved('device');
  const wake = await putToSleep(ben);
  await server.now.restart();
  await a.press('Home');
  await a.type(meanwhile);
  await a.expectSaved('saved');
  expect(await a.text()).toBe(meanwhile + before);

  await wake();
  expect(await agreed([a, b])).toBe(meanwhile + before + alone);
});

test('R27 who was signed out meanwhile is told that the words are still here, and coming back sends them', async ({
  people,
}) => {
  people.expectOutages();
  people.expectAnswers(401);
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url, PHONE);
  const table = await setTable([ana, ben]);
  const [a, b] = await openTogether([ana, ben], table, 'plan', 2);
  if (!a || !b) throw new Error('two people');
  const { text: wayBack } = await ask<WayBack>(ben, 'post', '/api/ways-back', {
    seat: table.seats[1]!,
    body: { kind: 'words', locale: 'en' },
  });
  const words = wordsIn('greek', 30);

  await server.now.kill('SIGKILL');
  await b.type(words);
  await b.expectSaved('device');
  const wake = await putToSleep(ben);
  await ben.context.clearCookies();
  await server.now.restart();
  await wake();

  await expect(ben.heading('signedOut.title')).toBeVisible();
  await expect(ben.page.getByText(ben.t('signedOut.unsent'))).toBeVisible();
  await expect(ben.page.getByText(words)).toHaveCount(0);
  await ben.link('back.have').tap();
  await ben.page.getByLabel(ben.t('back.code')).fill(wayBack);
  await ben.button('back.bring').tap();
  await expect.poll(() => a.text()).toBe(words);
  await a.expectSaved('saved');
});
