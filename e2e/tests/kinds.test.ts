import { openTogether, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';
import { agreed } from '../support/writing.ts';

const server = ownServer();

const changes = [
  { to: 'a list item', kind: 'bullet', change: 'editor.kind.bullet', by: 'tool' },
  { to: 'a heading', kind: 'heading', change: 'editor.kind.heading1', by: 'choice' },
  { to: 'a quote', kind: 'quote', change: 'editor.kind.quote', by: 'choice' },
] as const;

for (const { to, kind, change, by } of changes) {
  test(`a paragraph becomes ${to} while somebody offline writes in it, and both survive`, async ({
    people,
  }) => {
    people.expectOutages();
    const origin = server.now.url.replace('localhost', '127.0.0.1');
    const ana = await people.come(origin);
    const ben = await people.come(origin);
    const table = await setTable([ana, ben]);
    const [a, b] = await openTogether([ana, ben], table, 'definition', 2);
    if (!a || !b) throw new Error('two people');
    await a.type('People come here. They pay.');
    await agreed([a, b]);

    await ben.context.setOffline(true);
    await b.caretToEndOf(0);
    for (let step = 0; step < ' They pay.'.length; step++) await b.press('ArrowLeft');
    await b.type(' Nobody tells them what it costs.');
    await b.expectSaved('device');

    await a.editor.focus();
    if (by === 'tool') await a.tool(change).click();
    else await a.chooseKind(change);
    await a.expectSaved('saved');
    expect(await a.kinds()).toEqual([kind]);

    await ben.context.setOffline(false);
    expect(await agreed([a, b])).toBe('People come here. Nobody tells them what it costs. They pay.');
    expect(await a.kinds()).toEqual([kind]);
    expect(await b.kinds()).toEqual([kind]);
  });
}
