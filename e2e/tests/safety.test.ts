import type { Locator } from '@playwright/test';
import { fieldLabelId } from '@longtable/shared/documents/texts';
import { PHONE, WIDE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer(() => ({ env: { OPERATOR: 'The River Library' } }));

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
/** Every address that the client may ever show: random ids and numbers, no query, nothing behind a #. */
const SEAT_PAGES = `[np]|d/${ID}/(ask|rounds|\\d{1,2}(/w)?)|r/${ID}(/\\d{1,2})?`;
const ADDRESSES = new RegExp(`^/(start|join|return|leaving|s/${ID}(/(${SEAT_PAGES}))?)?$`);
const TITLE = 'Longtable';

interface Trail {
  addresses: Set<string>;
  titles: Set<string>;
}

/** Follows every change of address, also those without a load, and the title at each. */
async function follow({ page, origin }: Person): Promise<Trail> {
  const trail: Trail = { addresses: new Set(), titles: new Set() };
  await page.exposeBinding('noteTitle', (_source, title: string) => void trail.titles.add(title));
  await page.addInitScript(() => {
    const note = () => (window as unknown as { noteTitle(title: string): void }).noteTitle(document.title);
    document.addEventListener('DOMContentLoaded', () => {
      note();
      new MutationObserver(note).observe(document.head, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
  });
  page.on('framenavigated', (frame) => {
    const url = new URL(frame.url());
    if (url.origin === origin) trail.addresses.add(`${url.pathname}${url.search}${url.hash}`);
  });
  return trail;
}

function expectNeutral({ addresses, titles }: Trail, atLeast: number): void {
  expect(addresses.size).toBeGreaterThanOrEqual(atLeast);
  for (const address of addresses) expect(address).toMatch(ADDRESSES);
  expect([...titles]).toEqual([TITLE]);
}

/** The browser fills no field of this page from its memory, and keeps none in it. */
async function expectNothingOffered({ page }: Person): Promise<void> {
  const offered = await page
    .locator('input, textarea, select')
    .evaluateAll((inputs) => inputs.filter((input) => !input.matches('[autocomplete=off]')).length);
  expect(offered).toBe(0);
}

for (const [language, size] of [
  ['en', WIDE],
  ['ar', PHONE],
] as const) {
  test(`a walk through every screen (${language}) asks nobody else, and its addresses and titles tell nothing`, async ({
    people,
  }) => {
    const host = await people.come(server.now.url, { ...size, language });
    const trail = await follow(host);
    await host.open('/');
    await expect(host.page.getByText('The River Library')).toBeVisible();
    await host.link('before.leaveMore').click();
    await expect(host.heading('leaving.title')).toBeVisible();
    await host.link('toFirst').click();
    await host.link('first.join').click();
    await expect(host.heading('join.title')).toBeVisible();
    await host.link('back.have').click();
    await expect(host.heading('back.title')).toBeVisible();

    await host.startPartnership({ title: 'Words about us', picture: 'cloud', circles: 2 });
    const facilitator = new URL(host.page.url()).pathname;
    await host.takeFirstSeat(2, 'moon');
    const { url } = await host.makeCode();
    await host.page.getByLabel(host.t('circle.name')).fill('Jacaranda');
    await host.page.getByLabel(host.t('circle.kind')).selectOption({ label: host.t('group.LE') });
    await host.button('circle.save').click();
    await expect(host.page.getByText(host.t('circle.saved'))).toBeVisible();

    const guest = await people.come(server.now.url, { ...size, language });
    const guestTrail = await follow(guest);
    await guest.page.goto(url);
    // The code is gone from the address before the page is there; the browser itself tells of the first one.
    await guest.knock('seed');
    expect(guestTrail.addresses.delete(new URL(url).pathname + new URL(url).hash)).toBe(true);
    await host.letIn(1);
    await guest.writing('definition', 1).ready();
    await guest.link('writing.toTable').click();
    await expect(guest.page.getByRole('heading', { name: 'Words about us' })).toBeVisible();

    const writing = await host.openSectionFromTable('definition', 1);
    await writing.type('What we say about ourselves');
    await writing.expectSaved('saved');
    const field = host.page.getByRole('region', {
      name: host.t(fieldLabelId('definition', 'our-words', 'terms')),
    });
    await field.getByRole('button', { name: host.t('row.add') }).click();
    await field.getByRole('textbox').first().pressSequentially('us');
    for (let section = 2; section <= 12; section++) {
      await host.pager('section.next').click();
      await expect(host.page).toHaveURL(new RegExp(`/${section}$`));
    }
    await expect(host.pager('section.next')).toBeHidden();
    await host.writing('definition', 12).ready();
    await host.button('export.open').click();
    await expect(host.page.getByRole('dialog')).toBeVisible();
    await host.page.keyboard.press('Escape');
    await host.link('writing.toTable').click();
    await expect(host.page.getByRole('heading', { name: 'Words about us' })).toBeVisible();
    await guest.page.reload();
    await expect(guest.page.getByRole('heading', { name: 'Words about us' })).toBeVisible();

    await host.open(facilitator);
    await host.page
      .locator('.card')
      .filter({ has: host.heading('document.definition.title') })
      .getByRole('link', { name: host.t('ask.open') })
      .click();
    await expect(host.button('ask.begin')).toBeVisible();
    await expectNothingOffered(host);
    const ask = new URL(host.page.url()).pathname;
    await host.button('ask.begin').click();
    await expect(host.page.getByRole('article')).toContainText('What we say about ourselves');
    await expectNothingOffered(host);
    await host.open(ask.replace('ask', 'rounds'));
    await expect(host.page.getByText(host.t('rounds.isRunning'), { exact: true })).toBeVisible();
    await expectNothingOffered(host);
    await host.open(ask.replace('ask', '1/w'));
    await expect(host.page.getByText(host.t('words.closed.facilitator'))).toBeVisible();
    await host.open(`${facilitator}/p`);
    await expect(host.page.getByText('What we say about ourselves')).toBeVisible();
    await host.link('wall.back').click();
    await expect(host.heading('table.documents')).toBeVisible();

    expectNeutral(trail, 23);
    expectNeutral(guestTrail, 2);
    for (const person of [host, guest]) {
      const stored = await person.page.evaluate(async () => ({
        local: { ...localStorage },
        session: { ...sessionStorage },
        databases: await indexedDB.databases(),
        caches: await caches.keys(),
        workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
        history: history.length,
      }));
      expect(stored).toMatchObject({ local: {}, session: {}, databases: [], caches: [], workers: 0 });
      await expectNothingOffered(person);
    }
  });
}

test('the page is kept by no cache, framed by nobody, and only its own code may run', async () => {
  const answer = await fetch(server.now.url, { headers: { Accept: 'text/html' } });
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.has('x-powered-by')).toBe(false);
});

/** Is the control, or the picture that stands for it, on screen and under nothing else? */
function isSeen(element: Element): boolean {
  const shown = element.closest('label') ?? element;
  const { top, bottom, left, right } = shown.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2];
  return shown.contains(document.elementFromPoint(x, y));
}

/** Goes from control to control as a keyboard does. @throws where it is never reached */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = target.page();
  await expect(target).toBeVisible();
  for (let step = 0; step < 120; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect.poll(() => target.evaluate(isSeen)).toBe(true);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${target.toString()}`);
}

test('on a phone-sized screen with a keyboard only: from the first page to a file', async ({ people }) => {
  const person = await people.come(server.now.url, PHONE);
  const { page } = person;
  const { keyboard } = page;
  const press = async (target: Locator, key = 'Enter') => {
    await tabTo(target);
    await keyboard.press(key);
  };

  await person.open('/');
  await press(person.link('first.start'));
  await press(person.button('join.next'));
  await tabTo(page.getByLabel(person.t('start.title')));
  await keyboard.type('By keyboard');
  await tabTo(page.getByRole('radio', { name: person.t('picture.kite') }));
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: person.t('picture.boat') })).toBeChecked();
  await press(person.button('start.submit'));
  await expect(person.heading('set.title')).toBeVisible();
  await expect(page.locator('#main')).toBeFocused();
  await press(person.link('set.toTable'));
  await expect(page.getByRole('heading', { name: 'By keyboard' })).toBeVisible();
  await expect(page.locator('#main')).toBeFocused();

  await press(person.button('circle.takeFirstSeat').first());
  const dialog = page.getByRole('dialog');
  await tabTo(dialog.getByRole('radio', { name: person.t('picture.kite') }));
  await keyboard.press('Space');
  await press(dialog.getByRole('button', { name: person.t('firstSeat.take') }));
  await expect(dialog).toBeHidden();
  await expect(page.getByText(person.t('circle.isMine'))).toBeVisible();

  await press(page.getByRole('link', { name: person.sectionTitle('definition', 1), exact: true }).first());
  await expect(page.locator('#main')).toBeFocused();
  const writing = await person.writing('definition', 1).ready();
  await expect(writing.editor.locator('[data-placeholder]')).toHaveAttribute(
    'data-placeholder',
    person.t('editor.placeholder.partnership'),
  );
  await tabTo(writing.editor);
  await keyboard.type('- We wrote this without a mouse');
  expect(await writing.kinds()).toEqual(['bullet']);
  // Inside a list Tab moves the item; Escape is the way out.
  await keyboard.press('Tab');
  await expect(writing.blocks.first()).toHaveAttribute('data-indent', '1');
  await keyboard.press('Escape');
  await expect(writing.editor).not.toBeFocused();
  await writing.expectSaved('saved');
  await tabTo(person.button('row.add').first());
  // Back through the list: its item moves out as far as it goes, then the keyboard goes on.
  await tabTo(writing.area.getByRole('combobox', { name: person.t('editor.kind') }), 'Shift+Tab');
  expect(await writing.kinds()).toEqual(['bullet']);
  await tabTo(writing.editor);
  await keyboard.press('Escape');
  await press(person.button('export.open'));
  const exports = page.getByRole('dialog', { name: person.t('export.title') });
  const started = page.waitForEvent('download');
  await press(exports.getByRole('button', { name: person.t('export.md') }));
  expect((await started).suggestedFilename()).toBe('longtable-definition.md');
  await keyboard.press('Escape');
  await expect(exports).toBeHidden();
  await expect(person.button('export.open')).toBeFocused();
});
