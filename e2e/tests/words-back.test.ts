import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { DocumentWords } from '@longtable/shared/protocol/http/words';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, setTwoCircles } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import type { Writing } from '../support/writing.ts';

const server = ownServer();
const SECTION = 5;
const WORDS = 'Debts come first.';

/** Baobab has shared its words; River has brought them into the joint text. */
async function quoted(ana: Person, zoe: Person, circlesPage: Writing) {
  const at = await setTwoCircles(ana, zoe, 'definition', SECTION);
  await ana.open(at.baobab);
  const own = await circlesPage.ready();
  await own.type(WORDS);
  await own.expectSaved('saved');
  await ana.button('words.share').click();
  await ana.page
    .getByRole('dialog')
    .getByRole('button', { name: ana.t('words.askYes') })
    .click();
  await expect(ana.page.getByText(ana.t('words.said.words'))).toBeVisible();
  await zoe.open(at.river);
  await zoe.button('words.pass').click();
  await zoe.link('words.sideBySide').click();
  await zoe.button('words.choose').click();
  await zoe.page.getByRole('checkbox', { name: WORDS }).check();
  await zoe.button('words.bring').click();
  await expect(zoe.page.getByText(zoe.t('words.areTogether'))).toBeVisible();
  return at;
}

const stillShared = async (person: Person, address: string): Promise<boolean> => {
  const [, seat = '', documentId = ''] = /\/s\/([^/]+)\/d\/([^/]+)/.exec(address) ?? [];
  const { sections } = await ask<DocumentWords>(person, 'get', `/api/documents/${documentId}/words`, {
    seat,
  });
  const { key } = templateFor('definition').sections[SECTION - 1]!;
  return sections.find(({ section }) => section === key)?.own === 'words';
};

test('words are taken back although the server does not say where they are quoted, and the gap can follow', async ({
  people,
}) => {
  people.expectOutages();
  const ana = await people.come(server.now.url, PHONE);
  const zoe = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const at = await quoted(ana, zoe, ana.ownWriting('definition', SECTION));
  const dialog = ana.page.getByRole('dialog', { name: ana.t('takeBack.title') });
  await ana.page.route('**/quotes', (route) => route.abort('connectionreset'), { times: 2 });
  await ana.button('words.takeBack').tap();
  await expect(dialog.getByText(ana.t('takeBack.unknown'))).toBeVisible();
  await dialog.getByRole('button', { name: ana.t('tryAgain') }).tap();
  await expect(dialog.getByRole('button', { name: ana.t('tryAgain') })).not.toHaveAttribute('aria-busy');
  await expect(dialog.getByText(ana.t('takeBack.later'))).toBeVisible();
  await dialog.getByRole('button', { name: ana.t('takeBack.yes') }).tap();
  await expect(ana.page.getByText(ana.t('words.nothingSaid'))).toBeVisible();
  expect(await stillShared(ana, at.baobab)).toBe(false);

  await ana.button('takeBack.takeOut').tap();
  await expect(ana.button('takeBack.takeOut')).toHaveCount(0);
  await zoe.open(at.river);
  await zoe.page.getByRole('tab', { name: zoe.t('writing.together') }).tap();
  await expect(zoe.page.locator('[data-words-of].is-gap')).toBeVisible();
  await expect(zoe.page.getByText(WORDS)).toHaveCount(0);
});

test('whoever changes their mind keeps the words shared, and is told what was already taken out', async ({
  people,
}) => {
  people.expectOutages();
  // By number, as in offline.test.ts: Socket.io then hears that the network is gone.
  const origin = server.now.url.replace('localhost', '127.0.0.1');
  const ana = await people.come(origin);
  const zoe = await people.come(origin, PHONE);
  const at = await quoted(ana, zoe, ana.circleWriting('definition', SECTION));
  await expect(ana.page.getByRole('article').locator('[data-words-of]')).toHaveText(WORDS);
  await ana.button('words.takeBack').click();
  const dialog = ana.page.getByRole('dialog', { name: ana.t('takeBack.title') });
  await expect(dialog.getByRole('checkbox')).toBeChecked();
  await ana.context.setOffline(true);
  await dialog.getByRole('button', { name: ana.t('takeBack.yes') }).click();
  await expect(dialog.getByRole('button', { name: ana.t('takeBack.yes') })).toHaveAttribute('aria-busy');
  await dialog.getByRole('button', { name: ana.t('takeBack.no') }).click();
  await expect(ana.page.getByText(/^You changed your mind, and your words are still shared/)).toBeVisible();
  await ana.context.setOffline(false);
  await ana.writing('definition', SECTION).expectSaved('saved');
  expect(await stillShared(ana, at.baobab)).toBe(true);
});
