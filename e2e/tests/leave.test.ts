import type { Page } from '@playwright/test';
import { type ExitSite, startExitSite } from '../support/exit-site.ts';
import { PHONE, WIDE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import type { Writing } from '../support/writing.ts';

let site: ExitSite;
const server = ownServer(async () => {
  site = await startExitSite();
  return { env: { EXIT_URL: site.url } };
});
test.afterAll(() => site.close());
test.beforeEach(() => void site.asked.splice(0));

const WORDS = 'What nobody else may read';

interface Blank {
  /** From the event that began the leaving until the page is covered; how long forgetting takes after that is not in it. */
  coveredMs: number;
  title: string;
  text: string;
  isCovered: boolean;
}

/** Notes, inside the very task that handles the event, when the page is covered and what it then shows. */
async function watchBlanking(person: Person): Promise<Blank[]> {
  const seen: Blank[] = [];
  await person.page.exposeBinding('noteBlank', (_source, blank: Blank) => void seen.push(blank));
  await person.page.addInitScript(() => {
    let beganMs = 0;
    const begin = () => void (beganMs = performance.now());
    for (const type of ['click', 'keyup']) window.addEventListener(type, begin, true);
    let coveredMs = Infinity;
    const { append } = Element.prototype;
    Element.prototype.append = function (...nodes) {
      append.apply(this, nodes);
      if (this === document.documentElement) coveredMs = performance.now() - beganMs;
    };
    const isCovered = () => {
      const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      const box = top?.getBoundingClientRect();
      return (
        top?.parentElement === document.documentElement &&
        getComputedStyle(top).backgroundColor === 'rgb(255, 255, 255)' &&
        box?.width === innerWidth &&
        box.height === innerHeight
      );
    };
    new MutationObserver(() => {
      if (beganMs === 0 || document.documentElement.lastElementChild === document.body) return;
      const note = (window as unknown as { noteBlank(blank: Blank): void }).noteBlank;
      note({
        coveredMs,
        title: document.title,
        text: document.body.innerText,
        isCovered: isCovered(),
      });
    }).observe(document, { childList: true, subtree: true });
  });
  return seen;
}

async function plantMemories({ page }: Person): Promise<void> {
  await page.evaluate(async () => {
    localStorage.setItem('planted', 'x');
    sessionStorage.setItem('planted', 'x');
    await (await caches.open('planted')).put('/planted', new Response('x'));
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('planted');
      opening.onsuccess = () => (opening.result.close(), resolve());
      opening.onerror = () => reject(new Error('no IndexedDB'));
    });
  });
}

const storedBy = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    locks: (await navigator.locks.query()).held,
  }));

const NOTHING = { local: [], session: [], databases: [], caches: [], locks: [] };

/** That this site has left nothing behind in this tab's browser. */
async function expectForgotten({ page, context, origin }: Person): Promise<void> {
  await page.goto(`${origin}/favicon.svg`);
  expect(await storedBy(page)).toEqual(NOTHING);
  expect(await context.cookies()).toEqual([]);
}

/** Somebody in a section that has words in it, and who came there over the first page. */
async function somebodyWriting(person: Person): Promise<Writing> {
  const table = await setTable([person]);
  await person.open('/');
  const [writing] = await openTogether([person], table, 'definition', 1);
  if (!writing) throw new Error('somebody');
  await writing.type(WORDS);
  await writing.expectSaved('saved');
  return writing;
}

async function pressShift({ page }: Person, times: number): Promise<void> {
  for (let press = 0; press < times; press++) await page.keyboard.press('Shift');
}

const ways: { by: string; go: (person: Person, writing: Writing) => Promise<void> }[] = [
  { by: 'the button', go: (person) => person.page.locator('#leave').click() },
  {
    by: 'Shift three times, from nowhere in particular',
    go: async (person) => {
      await person.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await pressShift(person, 3);
    },
  },
  {
    by: 'Shift three times, in the middle of writing',
    go: async (person, writing) => {
      await writing.editor.focus();
      await pressShift(person, 3);
    },
  },
  {
    by: 'Shift three times, while a dialog is open',
    go: async (person) => {
      await person.button('export.open').click();
      await expect(person.page.getByRole('dialog')).toBeVisible();
      await pressShift(person, 3);
    },
  },
  {
    by: 'the button, while a dialog is open',
    go: async (person) => {
      await person.button('export.open').click();
      await expect(person.page.getByRole('dialog')).toBeVisible();
      await person.page.locator('#leave').click();
    },
  },
  {
    by: 'the link beside the skip link, by keyboard',
    go: async (person) => {
      await person.page.reload();
      await person.writing('definition', 1).ready();
      await person.page.keyboard.press('Tab');
      await person.page.keyboard.press('Tab');
      await expect(person.page.locator('#leave-early')).toBeFocused();
      await person.page.keyboard.press('Enter');
    },
  },
];

for (const { by, go } of ways) {
  test(`leaving by ${by}: blank at once, gone, and nothing left behind`, async ({ people }) => {
    const person = await people.come(server.now.url, { ...WIDE, ignoreHTTPSErrors: true });
    const blanks = await watchBlanking(person);
    const writing = await somebodyWriting(person);
    await plantMemories(person);
    const cookies = await person.context.cookies();
    expect(cookies.map(({ name }) => name)).toContain('lt');
    expect(site.asked).toEqual([]);

    person.mayExitTo = site.origin;
    await go(person, writing);
    await person.page.waitForURL(site.url);
    expect(blanks[0]).toMatchObject({ title: '…', text: '', isCovered: true });
    expect(blanks[0]!.coveredMs).toBeLessThan(100);
    expect(site.asked.map(({ path }) => path)).toEqual(['/weather']);
    expect(site.asked[0]!.headers).not.toMatch(/referer|longtable/i);

    const session = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const me = await fetch(`${person.origin}/api/me`, { headers: { Cookie: session } });
    expect(await me.json()).toMatchObject({ seats: [] });

    await person.page.goBack();
    await expect(person.link('first.join')).toBeVisible();
    expect(new URL(person.page.url()).pathname).toBe('/');
    expect(await person.page.content()).not.toContain(WORDS);
    await expect(person.heading('first.back')).toBeHidden();
    await expectForgotten(person);
  });
}

test('writing in capitals never leaves, and two presses only light two lights', async ({ people }) => {
  const person = await people.come(server.now.url, { ...WIDE, ignoreHTTPSErrors: true });
  const writing = await somebodyWriting(person);
  const { keyboard } = person.page;
  await writing.press('Control+End');
  for (let word = 0; word < 4; word++) {
    for (const letter of 'ABC') {
      await keyboard.down('Shift');
      await keyboard.press(letter);
      await keyboard.up('Shift');
    }
  }
  // Shift by itself between letters, and Shift with the pointer.
  for (let round = 0; round < 4; round++) {
    await pressShift(person, 2);
    await keyboard.press('d');
  }
  for (let round = 0; round < 4; round++) await writing.editor.click({ modifiers: ['Shift'] });
  expect(await writing.text()).toContain('ABCABCABCABCdddd');

  await pressShift(person, 2);
  await expect(person.page.locator('#leave-lights .is-on')).toHaveCount(2);
  await expect(person.page.locator('#leave-status')).toHaveText(person.t('leave.oneMore'));
  await keyboard.press('Escape');
  await expect(person.page.locator('#leave-lights')).toBeHidden();
  expect(await person.page.title()).toBe('Longtable');
  expect(site.asked).toEqual([]);
});

for (const away of ['the network', 'the server'] as const) {
  test(`leaving while ${away} is away: the page stays blank and shows no error page, then goes`, async ({
    people,
  }) => {
    people.expectOutages();
    const person = await people.come(server.now.url, { ...WIDE, ignoreHTTPSErrors: true });
    const { page } = person;
    await somebodyWriting(person);
    await plantMemories(person);
    await page.locator('.box-fold > summary').click();
    await page.getByLabel(person.t('box.label'), { exact: true }).fill(WORDS);
    await expect.poll(async () => (await storedBy(page)).locks).toHaveLength(1);
    const plain = await person.context.newPage();
    await plain.goto('about:blank');
    await plain.setViewportSize(WIDE.viewport);
    const white = await plain.screenshot();
    await plain.close();

    if (away === 'the network') await person.context.setOffline(true);
    else await server.now.kill('SIGKILL');
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/leave'));
    await pressShift(person, 3);
    await failed;
    expect((await page.screenshot()).equals(white)).toBe(true);
    expect(page.url()).toBe(`${person.origin}/`);
    expect(await page.title()).toBe('…');
    expect(await page.content()).not.toContain(WORDS);
    expect(await page.locator('body *').count()).toBe(0);
    await expect(page.getByRole('alert')).toHaveText(person.t('leave.leaving'));
    // Without a server to help: the page itself has forgotten all that it can reach.
    await expect.poll(() => storedBy(page)).toEqual(NOTHING);
    expect(site.asked).toEqual([]);

    person.mayExitTo = site.origin;
    if (away === 'the network') await person.context.setOffline(false);
    else {
      await server.now.restart();
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
    }
    await page.waitForURL(site.url);
    await expectForgotten(person);
  });
}

for (const size of [PHONE, WIDE]) {
  const width = size.viewport.width;
  test(`every page has the button, large enough and on screen, at ${width} pixels`, async ({ people }) => {
    people.expectAnswers(404);
    const person = await people.come(server.now.url, size);
    const stranger = await people.come(server.now.url, size);
    const table = await setTable([person]);
    const [seat, facilitator, { definition }] = [table.seats[0]!, table.facilitatorSeat, table.documents];
    const { roundId } = await ask<{ roundId: string }>(
      person,
      'post',
      `/api/documents/${definition}/rounds`,
      {
        seat: facilitator,
        body: { sections: ['our-words'] },
      },
    );
    const pages: [Person, string][] = [
      ...['/', '/start', '/join', '/return', '/invited', '/leaving', '/nowhere'].map(
        (path): [Person, string] => [stranger, path],
      ),
      [person, '/'],
      [person, `/s/${table.seats[0]}`],
      [person, table.addressOf(0, 'agreement', 1)],
      [person, table.addressOf(0, 'definition', 6)],
      [person, `${table.addressOf(0, 'definition', 6)}/w`],
      [person, `/s/${seat}/r/${roundId}`],
      [person, `/s/${seat}/r/${roundId}/1`],
      [person, `/s/${facilitator}`],
      [person, `/s/${facilitator}/d/${definition}/ask`],
      [person, `/s/${seat}/d/${definition}/rounds`],
      [person, `/s/${facilitator}/p`],
      [person, `/s/${table.seats[0]}/d/00000000-0000-4000-8000-000000000000/1`],
      [stranger, `/s/${table.seats[0]}`],
    ];
    for (const [who, path] of pages) {
      await who.open(path);
      await expect(who.page.locator('main h1, main h2').first()).toBeVisible();
      await who.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      const button = who.page.locator('#leave');
      await expect(button).toHaveText(who.t('leave.button'));
      await expect(button).toBeInViewport({ ratio: 1 });
      const box = await button.boundingBox();
      expect(box?.width, path).toBeGreaterThanOrEqual(44);
      expect(box?.height, path).toBeGreaterThanOrEqual(44);
      const isOnTop = await button.evaluate((element) => {
        const { x, y, width: w, height: h } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + w / 2, y + h / 2));
      });
      expect(isOnTop, path).toBe(true);
      const tooWide = await who.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(tooWide, `${path} scrolls sideways`).toBeLessThanOrEqual(0);

      await who.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await expect(button).toBeInViewport({ ratio: 1 });
      const large = await who.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(large, `${path} with letters twice as large scrolls sideways`).toBeLessThanOrEqual(0);
    }
  });
}

test('without JavaScript the button is a plain link that ends the session and answers 303', async ({
  people,
}) => {
  const person = await people.come(server.now.url, { ignoreHTTPSErrors: true, javaScriptEnabled: false });
  for (const path of ['/', '/start', '/join', '/leaving']) {
    const table = await setTable([person]);
    await person.open(path === '/' ? table.addressOf(0, 'plan', 1) : path);
    expect(await person.context.cookies()).toHaveLength(1);
    const button = person.page.locator('#leave');
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    const left = person.page.waitForResponse(`${person.origin}/x`);
    person.mayExitTo = site.origin;
    await button.click();
    expect((await left).status()).toBe(303);
    await person.page.waitForURL(site.url);
    person.mayExitTo = null;
    expect(await person.context.cookies()).toEqual([]);
  }
  expect(site.asked).toHaveLength(4);
});
