import { PHONE } from '../support/people.ts';
import { openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { keepTyping, partOf, wordsIn } from '../support/typing.ts';
import { agreed } from '../support/writing.ts';

test.describe.configure({ retries: 0 });

const server = ownServer();

test('R29 whoever loses the connection in the middle of a sentence goes on there, whatever was written before it', async ({
  people,
}) => {
  people.expectOutages();
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url, PHONE);
  const table = await setTable([ana, ben]);
  const [a, b] = await openTogether([ana, ben], table, 'definition', 1);
  if (!a || !b) throw new Error('two people');
  const [line, sentence] = [wordsIn('latin', 20), wordsIn('latin', 24)];
  await a.type(line);
  await a.press('Enter');
  await expect(b.blocks).toHaveCount(2);
  await b.caretToEndOf(1);
  await b.type(sentence);
  await agreed([a, b]);
  for (let back = 0; back < 10; back++) await b.press('ArrowLeft');

  const [alone, online, before, above] = [
    wordsIn('greek', 12),
    wordsIn('greek', 17),
    wordsIn('arabic', 30),
    wordsIn('arabic', 40),
  ];
  await ben.context.setOffline(true);
  await server.now.kill('SIGKILL');
  await b.type(alone);
  await b.expectSaved('device');
  await server.now.restart();
  await a.caretToEndOf(0);
  await a.type(above);
  await a.caretToEndOf(1);
  await a.press('Home');
  await a.type(before);
  await a.expectSaved('saved');

  await ben.context.setOffline(false);
  await b.expectSaved('saved');
  await expect.poll(() => b.text()).toContain(before);
  await b.type(online);
  expect(await agreed([a, b])).toBe(
    `${line}${above}\n${before}${sentence.slice(0, 14)}${alone}${online}${sentence.slice(14)}`,
  );
});

test('R29 letters typed while the connection comes back stay in one line, in their order', async ({
  people,
}) => {
  people.expectOutages();
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url, PHONE);
  const table = await setTable([ana, ben]);
  const [a, b] = await openTogether([ana, ben], table, 'definition', 2);
  if (!a || !b) throw new Error('two people');
  const sentence = wordsIn('latin', 24);
  await a.type(sentence);
  await agreed([a, b]);
  await b.caretToEndOf(0);
  for (let back = 0; back < 10; back++) await b.press('ArrowLeft');
  const typing = keepTyping(b, 'greek');
  await typing.more(10);
  for (let outage = 0; outage < 2; outage++) {
    await server.now.kill('SIGKILL');
    await typing.more(10);
    await a.press('Home');
    await a.type('ابت');
    await server.now.restart();
    await typing.more(40);
  }
  const typed = await typing.stop();
  const text = await agreed([a, b], 40_000);
  expect(text).toBe(`ابت`.repeat(2) + sentence.slice(0, 14) + typed + sentence.slice(14));
  expect(partOf(text, 'greek')).toBe(typed);
});
