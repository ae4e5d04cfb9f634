import type { Locator } from '@playwright/test';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import { PHONE } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { ask, setTwoCircles } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();
const SECTION = 5;

const box = (person: Person): Locator => person.page.getByLabel(person.t('box.label'), { exact: true });

const share = async (person: Person) => {
  await person.button('words.share').click();
  const dialog = person.page.getByRole('dialog', { name: person.t('words.askTitle') });
  await expect(dialog.getByText(person.t('words.askReaders'))).toBeVisible();
  await dialog.getByRole('button', { name: person.t('words.askYes') }).click();
  await expect(person.page.getByText(person.t('words.said.words'))).toBeVisible();
};

test('on a phone one writes alone first, puts it on the circle’s page, and shares it when ready', async ({
  people,
}) => {
  people.expectOutages();
  const origin = server.now.url.replace('localhost', '127.0.0.1');
  const ana = await people.come(origin, PHONE);
  const zoe = await people.come(origin, { ...PHONE, language: 'ar' });
  const host = await people.come(origin);
  const at = await setTwoCircles(ana, zoe, 'definition', SECTION);
  await ana.open(at.baobab);
  await ana.ownWriting('definition', SECTION).ready();
  const sent: string[] = [];
  ana.context.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));

  await test.step('the box and the circle’s own page come first; what stands in the box has left the phone for nobody', async () => {
    await expect(box(ana)).toBeVisible();
    await expect(ana.page.getByRole('tab', { name: ana.t('writing.ownCircle') })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(ana.page.getByText(ana.t('audience.self'))).toBeVisible();
    await box(ana).fill('Debts come first.\nThen the boat.');
    await ana.pager('section.next').click();
    await expect(box(ana)).toHaveValue('');
    await ana.pager('section.back').click();
    await expect(box(ana)).toHaveValue('Debts come first.\nThen the boat.');
    const stored = await ana.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    for (const trace of [...ana.frames, ...sent, stored]) expect(trace).not.toContain('boat');
  });

  await test.step('put on the table offline, the words stay in the box until the server has them', async () => {
    await ana.context.setOffline(true);
    await expect(ana.page.getByText(ana.t('connection.offline'))).toBeVisible();
    await ana.button('box.toCircle').click();
    await expect(ana.page.getByText(ana.t('box.waits'))).toBeVisible();
    await expect(box(ana)).toHaveValue('Debts come first.\nThen the boat.');
    await ana.context.setOffline(false);
    await expect(ana.page.getByText(ana.t('box.wentTo.circle'))).toBeVisible();
    await expect(box(ana)).toHaveValue('');
    const own = await ana.ownWriting('definition', SECTION).ready();
    await own.expectSaved('saved');
    expect(await own.text()).toBe('Debts come first.\nThen the boat.');
  });

  await test.step('others read nothing before they have shared or passed themselves', async () => {
    await share(ana);
    await zoe.open(at.river);
    await expect(zoe.page.getByText(zoe.t('words.isShared'), { exact: true })).toBeVisible();
    await expect(zoe.page.getByText(zoe.t('words.ownFirst'))).toBeVisible();
    await zoe.open(`${at.river}/w`);
    await expect(zoe.page.getByText(zoe.t('words.closed.member'))).toBeVisible();
    await host.context.addCookies(await ana.context.cookies());
    await host.open(`${at.facilitator}/w`);
    await expect(host.page.getByText(host.t('words.closed.facilitator'))).toBeVisible();
    for (const person of [zoe, host]) await expect(person.page.getByText('the boat')).toHaveCount(0);
    await zoe.open(at.river);
    await zoe.button('words.pass').click();
    await zoe.link('words.sideBySide').click();
    await expect(zoe.page.getByRole('region', { name: 'Baobab' }).getByText('Then the boat.')).toBeVisible();
    // Told by the server that every circle has spoken or passed.
    await expect(host.page.getByText('Then the boat.')).toBeVisible();
    await expect(host.button('words.choose')).toHaveCount(0);
  });

  await test.step('words are brought into the joint text under their circle’s name, which goes with the first change', async () => {
    await zoe.button('words.choose').click();
    await zoe.page.getByRole('checkbox', { name: 'Debts come first.' }).check();
    await zoe.page.getByRole('checkbox', { name: 'Then the boat.' }).check();
    await zoe.button('words.bring').click();
    await expect(zoe.page.getByText(zoe.t('words.areTogether'))).toBeVisible();

    await host.open(at.facilitator);
    const cited = host.page.getByRole('article').locator('[data-words-of]');
    await expect(cited).toHaveAttribute('data-words-of', /In the words of .Baobab/);
    await expect(cited).toHaveText('Debts come first.');

    const documentId = /\/d\/([^/]+)/.exec(at.facilitator)![1];
    const file = await host.context.request.get(`/api/documents/${documentId}/export?format=md`, {
      headers: { [SEAT_HEADER]: /\/s\/([^/]+)/.exec(at.facilitator)![1]! },
    });
    expect(await file.text()).toMatch(/In the words of .Baobab.:_\s+>\s+> Debts come first\./);

    const joint = await ana.writing('definition', SECTION).ready();
    await joint.caretToEndOf(1);
    await joint.type(' Or the road.');
    await joint.expectSaved('saved');
    await expect(host.page.getByText('Then the boat. Or the road.')).toBeVisible();
    // Right below the other quote it would read as the circle's; it says that it is nobody's.
    await expect(joint.blocks.nth(1)).toHaveAttribute('data-words-of', ana.t('words.quote'));
    await expect(cited).toHaveCount(2);
  });

  await test.step('taken back, they are gone for the others, and leave a gap in the joint text', async () => {
    await ana.ownWriting('definition', SECTION).ready();
    await ana.button('words.takeBack').click();
    const dialog = ana.page.getByRole('dialog', { name: ana.t('takeBack.title') });
    await expect(dialog.getByRole('checkbox')).toBeChecked();
    await expect(dialog.getByText(ana.t('takeBack.kept'))).toBeVisible();
    await dialog.getByRole('button', { name: ana.t('takeBack.yes') }).click();
    await expect(ana.page.getByText(ana.t('words.nothingSaid'))).toBeVisible();
    await expect(host.page.getByText('Debts come first.')).toHaveCount(0);
    await expect(host.page.locator('[data-words-of].is-gap')).toHaveAttribute(
      'data-words-of',
      host.t('words.gap'),
    );
    await expect(zoe.page.getByText(zoe.t('words.none'))).toBeVisible();
    await expect(zoe.page.getByRole('region')).toHaveCount(0);
  });

  await test.step('leaving quickly wipes the box', async () => {
    await box(ana).fill('only mine');
    // Without a network the page stays, blank, and can be looked at.
    await ana.context.setOffline(true);
    await ana.page.locator('#leave').click();
    await expect(ana.page.locator('textarea')).toHaveCount(0);
    expect(await ana.page.content()).not.toContain('only mine');
  });
});

test('words are shared as they were seen; taken back while they are before the circles, they are a gap in files and later in the text', async ({
  people,
}) => {
  people.expectAnswers(409);
  const origin = server.now.url;
  const ana = await people.come(origin, PHONE);
  const zoe = await people.come(origin, { ...PHONE, language: 'ar' });
  const at = await setTwoCircles(ana, zoe, 'definition', SECTION);
  const documentId = /\/d\/([^/]+)/.exec(at.facilitator)![1]!;
  const facilitator = /\/s\/([^/]+)/.exec(at.facilitator)![1]!;
  const exported = async () => {
    const answer = await ana.context.request.get(`/api/documents/${documentId}/export?format=md`, {
      headers: { [SEAT_HEADER]: facilitator },
    });
    return answer.text();
  };
  await ana.open(at.baobab);
  const own = await ana.ownWriting('definition', SECTION).ready();
  await own.type('Debts come first.');
  await own.expectSaved('saved');

  await test.step('what another types on the page meanwhile is not shared', async () => {
    const friend = new Person(ana.context, await ana.context.newPage(), { origin, language: 'en' });
    await friend.open(at.baobab);
    const theirs = await friend.ownWriting('definition', SECTION).ready();
    await ana.button('words.share').click();
    const dialog = ana.page.getByRole('dialog', { name: ana.t('words.askTitle') });
    await expect(dialog).toBeVisible();
    await theirs.type('A name. ');
    await theirs.expectSaved('saved');
    await dialog.getByRole('button', { name: ana.t('words.askYes') }).click();
    await expect(ana.page.getByText(ana.t('words.changed'))).toBeVisible();
    await expect(ana.page.getByText(ana.t('words.nothingSaid'))).toBeVisible();
    await friend.page.close();
    await share(ana);
  });

  const left = ana.page.getByText(
    'Words that your circle took back still stand in the joint text (1 place).',
  );

  await test.step('in a round the joint text cannot be changed, but new files show a gap', async () => {
    await zoe.open(at.river);
    await zoe.button('words.pass').click();
    await zoe.link('words.sideBySide').click();
    await zoe.button('words.choose').click();
    await zoe.page.getByRole('checkbox', { name: 'Debts come first.' }).check();
    await zoe.button('words.bring').click();
    await expect(zoe.page.getByText(zoe.t('words.areTogether'))).toBeVisible();
    const sections = [templateFor('definition').sections[SECTION - 1]!.key];
    const { roundId } = await ask<{ roundId: string }>(ana, 'post', `/api/documents/${documentId}/rounds`, {
      seat: facilitator,
      body: { sections },
    });
    expect(await exported()).toContain('Debts come first.');
    await ana.open(`/`);
    await ana.open(at.baobab);
    await ana.page.getByRole('tab', { name: ana.t('writing.ownCircle') }).click();
    await ana.button('words.takeBack').click();
    const dialog = ana.page.getByRole('dialog', { name: ana.t('takeBack.title') });
    await expect(dialog.getByText('One place is before the circles now')).toBeVisible();
    await dialog.getByRole('button', { name: ana.t('takeBack.yes') }).click();
    await expect(left).toBeVisible();
    await expect(ana.button('takeBack.takeOut')).toHaveCount(0);
    const file = await exported();
    expect(file).not.toContain('Debts come first.');
    expect(file).toContain(ana.t('exports.gap'));
    await ask(ana, 'post', `/api/rounds/${roundId}/close`, { seat: facilitator });
  });

  await test.step('when the text is open again, the circle takes them out of it', async () => {
    await ana.open(`/`);
    await ana.open(at.baobab);
    await ana.page.getByRole('tab', { name: ana.t('writing.ownCircle') }).click();
    await ana.button('takeBack.takeOut').click();
    await expect(left).toHaveCount(0);
    // Nothing is left: its page looks once when it comes, and not for ever.
    let looks = 0;
    ana.page.on('request', (request) => void (request.url().endsWith('/quotes') && looks++));
    await ana.page.clock.install();
    await ana.open(`/`);
    const answered = ana.page.waitForResponse((response) => response.url().endsWith('/quotes'));
    await ana.open(at.baobab);
    await ana.page.getByRole('tab', { name: ana.t('writing.ownCircle') }).click();
    await (await answered).finished();
    expect(looks).toBe(1);
    await ana.page.clock.fastForward(60_000);
    await expect(ana.page.getByRole('tab', { name: ana.t('writing.ownCircle') })).toBeVisible();
    expect(looks).toBe(1);
    await zoe.open(at.river);
    await zoe.page.getByRole('tab', { name: zoe.t('writing.together') }).click();
    await expect(zoe.page.locator('[data-words-of].is-gap')).toBeVisible();
    await expect(zoe.page.getByText('Debts come first.')).toHaveCount(0);
  });
});
