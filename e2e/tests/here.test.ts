import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { ask, setTable } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** Gives this browser voices of its own, and keeps what it is asked to say. */
const withVoices = (person: Person, voices: { lang: string; localService: boolean }[]) =>
  person.context.addInitScript((given) => {
    const said: string[] = [];
    const silent = { said, cancelled: 0 };
    Object.assign(window, { heard: silent });
    class Utterance {
      text: string;
      constructor(text: string) {
        this.text = text;
      }
    }
    Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
    Object.defineProperty(window, 'speechSynthesis', {
      value: {
        getVoices: () => given,
        speak: ({ text }: Utterance) => said.push(text),
        cancel: () => (silent.cancelled += 1),
      },
    });
  }, voices);

const heardBy = ({ page }: Person) =>
  page.evaluate(() => (window as unknown as { heard: { said: string[]; cancelled: number } }).heard);

test('a facilitator says where the room is; who comes late lands there and hears what happened so far', async ({
  people,
}) => {
  const host = await people.come(server.now.url);
  const ana = await people.come(server.now.url, PHONE);
  const late = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const table = await setTable([host, ana], { title: 'What we do' });
  const place = (section: number) => host.sectionTitle('definition', section);

  await host.open(`/s/${table.facilitatorSeat}/d/${table.documents.definition}/2`);
  await ana.open(table.addressOf(1, 'definition', 1));
  const words = ana.writing('definition', 1);
  await words.type('Being sold a promise. That is how we say it.');
  await words.expectSaved('saved');

  await test.step('whoever stays behind is told quietly, and is one touch away', async () => {
    const line = ana.page.getByText(ana.t('here.elsewhere', { number: 2, section: place(2) }), {
      exact: true,
    });
    await expect(line).toBeHidden();
    await expect(ana.button('here.moveDo'), 'a member does not move the room').toHaveCount(0);
    await host.button('here.moveDo').click();
    await expect(host.page.getByText(host.t('here.moved'))).toBeVisible();
    await expect(line).toBeVisible();
    await ana.link('here.go').click();
    await ana.writing('definition', 2).ready();
    await expect(line).toBeHidden();
  });

  await test.step('the table says it first of all, also after it was moved from there', async () => {
    await ana.open(`/s/${table.seats[1]}`);
    const card = ana.page.getByRole('region', { name: ana.t('here.title') });
    await expect(card).toContainText(place(2));
    await expect(card.getByRole('link', { name: ana.t('here.go') })).toBeInViewport();
    await host.link('writing.toTable').click();
    await host.page.getByText(host.t('here.move'), { exact: true }).click();
    await host.page.getByLabel(host.t('here.moveTo')).selectOption({ label: `5. ${place(5)}` });
    await host.button('here.moveDo').click();
    await expect(card).toContainText(place(5));
  });

  await test.step('who comes late lands there, with what happened so far', async () => {
    await withVoices(late, [
      { lang: 'ar-SA', localService: false },
      { lang: 'en-GB', localService: true },
    ]);
    const minted = await ask<MintedCode>(ana, 'post', `/api/circles/${table.circleId}/codes`, {
      seat: table.seats[1]!,
      body: { uses: 1, days: 1 },
    });
    await late.joinByLink(`${server.now.url}/join#${minted.code.replace('-', '')}`, 'star');
    await ana.letIn(1);
    await late.writing('definition', 5).ready();
    const told = late.page.getByRole('region', { name: late.t('catchUp.title') });
    const lines = told.getByRole('listitem');
    await expect(lines).toHaveCount(4);
    await expect(lines.nth(0)).toHaveText('لم يُتفق على أي قسم بعد.');
    await expect(lines.nth(1)).toHaveText(
      late.t('catchUp.drafted', { sections: late.sectionTitle('definition', 1) }),
    );
    await expect(lines.nth(2)).toContainText('Being sold a promise.');
    await expect(lines.nth(2)).not.toContainText('That is how');
    await expect(lines.nth(3)).toContainText(late.sectionTitle('definition', 5));

    // A voice of the right language that is not on the device is no voice.
    await late.button('catchUp.read').click();
    await expect(late.page.getByText(late.t('catchUp.noVoice'))).toBeVisible();
    expect(await heardBy(late)).toEqual({ said: [], cancelled: expect.any(Number) });
    await late.button('catchUp.done').click();
    await expect(told).toBeHidden();
  });

  await test.step('the same can be heard from the table, on a device with a voice of its own', async () => {
    await withVoices(ana, [{ lang: 'en-GB', localService: true }]);
    await ana.page.reload();
    await ana.page.getByText(ana.t('catchUp.title'), { exact: true }).click();
    await ana.button('catchUp.read').click();
    await expect(ana.button('catchUp.stop')).toBeVisible();
    const { said, cancelled } = await heardBy(ana);
    expect(said).toHaveLength(4);
    expect(said[2]).toContain('Being sold a promise.');
    await ana.button('catchUp.stop').click();
    await expect(ana.button('catchUp.read')).toBeVisible();
    expect((await heardBy(ana)).cancelled).toBe(cancelled + 1);
  });
});
