import { readMarkdownText } from '../../server/src/testing/exports/read-markdown.ts';
import { take } from '../support/downloads.ts';
import { PHONE, WIDE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { partOf, wordsIn } from '../support/typing.ts';
import { agreed } from '../support/writing.ts';

test.describe.configure({ retries: 0 });

const server = ownServer();

interface Watched extends Window {
  /** The address at the moment when the page got a body: nothing can have been painted before. */
  addressBeforePaint?: string;
}

/** Notes the address before anything is painted. */
async function noteAddress({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.body) return;
      (window as Watched).addressBeforePaint = location.href;
      observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

test('three people start, join by link and by code, and write one section at once', async ({ people }) => {
  const origin = server.now.url;
  const ana = await people.come(origin, WIDE);
  const ben = await people.come(origin, PHONE);
  const cem = await people.come(origin, { ...WIDE, language: 'ar' });
  const all = [ana, ben, cem];

  await ana.startPartnership({ title: 'A safer market', picture: 'bridge', circles: 3 });
  await ana.takeFirstSeat(1, 'kite');
  const minting = ana.page.waitForResponse(
    (answer) => answer.url().endsWith('/codes') && answer.request().method() === 'POST',
  );
  const { code, url } = await ana.makeCode();
  expect(await (await minting).json()).toMatchObject({ code, url });

  await test.step('by link, with no trace of the code', async () => {
    const asked: string[] = [];
    ben.context.on('request', (request) =>
      asked.push(`${request.url()} ${JSON.stringify(request.headers())}`),
    );
    await noteAddress(ben);
    await ben.page.goto(url);
    await expect(ben.heading('before.title')).toBeVisible();
    expect(await ben.page.evaluate(() => (window as Watched).addressBeforePaint)).toBe(`${origin}/join`);
    await ben.knock('drum');
    const trail = await ben.page.evaluate(() => ({
      here: location.href,
      entries: window.navigation.entries().map((entry) => entry.url),
      referrer: document.referrer,
      stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    }));
    expect(trail.entries).toContain(trail.here);
    for (const secret of [code, code.replace('-', '')]) {
      expect(JSON.stringify(trail)).not.toContain(secret);
      expect(asked.filter((request) => request.includes(secret))).toEqual([]);
    }
  });

  await test.step('by typing the code, not quite as printed', async () => {
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await cem.joinByCode(` ${code.toLowerCase().replace('-', ' ')} `, 'mango');
    expect(await cem.page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  });

  await ana.letIn(2);
  const a = await ana.openSectionFromTable('definition', 1);
  // Whoever is let in finds themselves where the room is: here nobody has said it, so at the first section.
  const [b, c] = [ben.writing('definition', 1), cem.writing('definition', 1)];
  await Promise.all([a.ready(), b.ready(), c.ready()]);

  const words = {
    latin: wordsIn('latin', 120),
    greek: wordsIn('greek', 120),
    arabic: wordsIn('arabic', 120),
  };
  const check = (text: string, parts: typeof words) => {
    expect(partOf(text, 'latin')).toBe(parts.latin);
    expect(partOf(text, 'greek')).toBe(parts.greek);
    expect(partOf(text, 'arabic')).toBe(parts.arabic);
  };

  await test.step('all begin the empty section in the same moment', async () => {
    await Promise.all([a.type(words.latin), b.type(words.greek), c.type(words.arabic)]);
    check(await agreed([a, b, c]), words);
  });

  await test.step('others are there as someone, and nothing names anybody', async () => {
    for (const writing of [a, b, c]) {
      const carets = writing.editor.locator('.others-caret');
      await expect(carets).toHaveCount(2);
      const label = writing.person.t('editor.someone');
      expect(
        await carets.evaluateAll((found) => found.map((caret) => getComputedStyle(caret, '::after').content)),
      ).toEqual([`"${label}"`, `"${label}"`]);
      expect(
        new Set(
          await carets.evaluateAll((found) =>
            found.map((caret) => getComputedStyle(caret).borderInlineStartColor),
          ),
        ).size,
      ).toBe(1);
    }
    const seats = all.map(({ page }) => /\/s\/([^/]+)/.exec(page.url())?.[1] ?? 'no seat');
    const pictures = ['bridge', 'kite', 'drum', 'mango'];
    for (const [index, person] of all.entries()) {
      const others = seats.filter((_, at) => at !== index);
      const labels = [...pictures, ...pictures.map((picture) => person.t(`picture.${picture}`))];
      const page = await person.page.content();
      for (const secret of [...others, ...labels]) expect(page).not.toContain(secret);
      const sent = person.frames.join('\n');
      expect(sent).toContain('presence');
      for (const seat of others) expect(sent).not.toContain(seat);
      for (const picture of pictures) expect(sent).not.toMatch(new RegExp(`"${picture}"`, 'i'));
      for (const frame of person.frames.filter((each) => each.startsWith('42["presence"'))) {
        const [, message] = JSON.parse(frame.slice(2)) as [string, { entries: object[] }];
        expect(Object.keys(message).sort()).toEqual(['count', 'entries', 'gone', 'room']);
        for (const entry of message.entries) expect(Object.keys(entry).sort()).toEqual(['cursor', 'id']);
      }
    }
  });

  await test.step('all write on inside one paragraph', async () => {
    for (const writing of [a, b, c]) await writing.caretToEndOf(0);
    await Promise.all([a.type(words.latin), b.type(words.greek), c.type(words.arabic)]);
  });

  const text = await agreed([a, b, c]);
  const twice = (half: string) => half + half;
  expect([...text].filter((letter) => letter !== '\n')).toHaveLength(720);
  expect([...partOf(text, 'latin')].sort()).toEqual([...twice(words.latin)].sort());
  expect([...partOf(text, 'greek')].sort()).toEqual([...twice(words.greek)].sort());
  expect([...partOf(text, 'arabic')].sort()).toEqual([...twice(words.arabic)].sort());

  const markdown = (await take(ana, 'md')).content.toString('utf8');
  expect(readMarkdownText(markdown, 1)).toBe(text);
});
