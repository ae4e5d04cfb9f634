import { paste } from '../support/clipboard.ts';
import { openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { agreed } from '../support/writing.ts';

const server = ownServer();

test('R33 a long list is pasted, deleted and brought back, and all of it is saved each time', async ({
  people,
}) => {
  test.slow();
  const ana = await people.come(server.now.url);
  const ben = await people.come(server.now.url);
  const table = await setTable([ana, ben]);
  const [a, b] = await openTogether([ana, ben], table, 'definition', 1);
  if (!a || !b) throw new Error('two people');
  // More structs than one push takes, in fewer characters than one paste may have.
  const list = Array.from({ length: 1_800 }, (_, index) => `a line of the list ${index}`).join('\n');
  await a.editor.focus();
  await paste(ana, list);
  expect(await agreed([a, b], 60_000)).toBe(list);

  await a.press('Control+a');
  await a.press('Delete');
  await expect(b.blocks).toHaveCount(1, { timeout: 60_000 });
  await a.press('Control+z');
  await expect(a.blocks).toHaveCount(1_800);
  expect(await agreed([a, b], 60_000)).toBe(list);
});

test('what has more lines than a section holds is not pasted at all', async ({ people }) => {
  const ana = await people.come(server.now.url);
  const table = await setTable([ana]);
  const [a] = await openTogether([ana], table, 'definition', 2);
  if (!a) throw new Error('one person');
  await a.type('here before');
  await paste(ana, 'x\n'.repeat(10_001));
  await expect(
    ana.page.getByText(ana.t('editor.pasteTooManyLines', { limit: 10_000 })).first(),
  ).toBeVisible();
  expect(await a.text()).toBe('here before');
  await a.expectSaved('saved');
});
