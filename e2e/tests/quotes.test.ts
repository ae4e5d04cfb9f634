import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { OpenedRound } from '@longtable/shared/protocol/http/rounds';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { inRound } from '../support/rounds.ts';
import { ask, setTwoCircles } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();
const SECTION = 4;
const { key } = templateFor('definition').sections.find(({ number }) => number === SECTION)!;

test('words before the circles and on the wall say whose they are, and where some were taken back', async ({
  people,
}) => {
  const ana = await people.come(server.now.url, PHONE);
  const zoe = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const at = await setTwoCircles(ana, zoe, 'definition', SECTION);
  const wall = await people.come(server.now.url);
  await wall.context.addCookies(await ana.context.cookies());
  const [, facilitator, documentId] = /\/s\/([^/]+)\/d\/([^/]+)/.exec(at.facilitator)!;
  const baobab = (person: Person) =>
    person.page.getByText(person.t('words.of', { circle: '\u2068Baobab\u2069' }));
  const gap = (person: Person) => person.page.getByText(person.t('words.gap'), { exact: true });
  const openRound = () =>
    ask<OpenedRound>(ana, 'post', `/api/documents/${documentId}/rounds`, {
      seat: facilitator!,
      body: { sections: [key] },
    });

  await test.step('one circle brings the words of the other into the joint text', async () => {
    await ana.open(at.baobab);
    const own = await ana.ownWriting('definition', SECTION).ready();
    await own.type('Debts come first.\nThen the boat.');
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
    for (const words of ['Debts come first.', 'Then the boat.'])
      await zoe.page.getByRole('checkbox', { name: words }).check();
    await zoe.button('words.bring').click();
    await expect(zoe.page.getByText(zoe.t('words.areTogether'))).toBeVisible();
  });

  await test.step('the wall says once whose they are', async () => {
    await wall.open(at.facilitator);
    await wall.button('here.moveDo').click();
    await wall.open(`/s/${facilitator}/p`);
    await expect(wall.page.getByText('Then the boat.')).toBeVisible();
    await expect(baobab(wall)).toHaveCount(1);
    await expect(gap(wall)).toHaveCount(0);
  });

  const { roundId } = await openRound();
  await test.step('so do the exact words that circles answer to', async () => {
    await zoe.open(`${at.river.replace(/\/d\/.*/, '')}/r/${roundId}/${SECTION}`);
    await expect(inRound(zoe).getByText('Then the boat.')).toBeVisible();
    await expect(baobab(zoe)).toHaveCount(1);
    const size = await zoe.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(size, 'nothing scrolls sideways on a phone').toBeLessThanOrEqual(0);
  });

  await test.step('taken back, they leave one gap, on the wall and before the circles', async () => {
    await ask(ana, 'post', `/api/rounds/${roundId}/close`, { seat: facilitator! });
    await ana.page.reload();
    await ana.ownWriting('definition', SECTION).ready();
    await ana.button('words.takeBack').click();
    const dialog = ana.page.getByRole('dialog', { name: ana.t('takeBack.title') });
    await dialog.getByRole('button', { name: ana.t('takeBack.yes') }).click();
    await expect(ana.page.getByText(ana.t('words.nothingSaid'))).toBeVisible();
    await expect(wall.page.getByText('Then the boat.')).toHaveCount(0);
    await expect(gap(wall)).toHaveCount(1);
    await expect(baobab(wall)).toHaveCount(0);
    const again = await openRound();
    await zoe.open(`${at.river.replace(/\/d\/.*/, '')}/r/${again.roundId}/${SECTION}`);
    await expect(gap(zoe)).toBeVisible();
  });
});
