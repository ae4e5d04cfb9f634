import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { DocumentOutline } from '@longtable/shared/protocol/http/documents';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import type { OpenedRound } from '@longtable/shared/protocol/http/rounds';
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
  people.expectAnswers(503);
  const host = await people.come(server.now.url);
  const ana = await people.come(server.now.url, PHONE);
  const late = await people.come(server.now.url, { ...PHONE, language: 'ar' });
  const table = await setTable([host, ana], { title: 'What we do' });
  const place = (section: number) => host.sectionTitle('definition', section);
  // A circle without a name is asked for one before all else.
  await ask(ana, 'patch', `/api/circles/${table.circleId}`, {
    seat: table.seats[1]!,
    body: { name: 'Baobab' },
  });

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

  await test.step('a voice is silent as soon as the page is hidden or left quickly', async () => {
    const cancels = async () => (await heardBy(ana)).cancelled;
    const read = async () => {
      const before = await cancels();
      await ana.button('catchUp.read').click();
      // What another page may have left to say goes before.
      await expect.poll(cancels).toBe(before + 1);
      return before + 1;
    };
    const whileHidden = await read();
    await ana.page.evaluate(() => {
      for (const value of [true, false]) {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    await expect(ana.button('catchUp.read')).toBeVisible();
    expect(await cancels()).toBe(whileHidden + 1);
    const whileLeaving = await read();
    // The page stays blank as long as the server is not there to send it on.
    await ana.context.route('**/api/leave', (route) => route.fulfill({ status: 503 }));
    await ana.page.locator('#leave').click();
    expect(await cancels()).toBeGreaterThan(whileLeaving);
  });
});

test('the wall follows the room by itself, shows what is before the circles, and never joins a circle’s room', async ({
  people,
}) => {
  const host = await people.come(server.now.url);
  const ana = await people.come(server.now.url);
  const wall = await people.come(server.now.url);
  const table = await setTable([host, ana, wall], { title: 'What we do' });
  const [, anaSeat, wallSeat] = table.seats;
  const asFacilitator = { seat: table.facilitatorSeat };
  const go = (section: string) =>
    ask(host, 'post', `/api/partnerships/${table.partnershipId}/here`, {
      ...asFacilitator,
      body: { documentId: table.documents.definition, section },
    });
  await ask(ana, 'patch', `/api/circles/${table.circleId}`, { seat: anaSeat!, body: { name: 'Baobab' } });

  await ana.open(table.addressOf(1, 'definition', 4));
  await ana.circleWriting('definition', 4).type('Only for us');
  await ana.circleWriting('definition', 4).expectSaved('saved');

  // A member's seat, from the table: it could read its circle's own words, and on the wall it does not.
  await wall.open(`/s/${wallSeat}`);
  await wall.link('wall.open').click();
  const title = (section: number) =>
    wall.page.getByRole('heading', {
      name: wall.t('here.section', { number: section, section: wall.sectionTitle('definition', section) }),
    });
  await expect(title(1)).toBeVisible();

  await test.step('live, wherever the room goes', async () => {
    await go('who-is-at-risk');
    await expect(title(4)).toBeVisible();
    await ana.writing('definition', 4).type('Young people on the road');
    await expect(wall.page.getByText('Young people on the road')).toBeVisible();
    await expect(wall.page.getByRole('textbox')).toHaveCount(0);
  });

  await test.step('the step of a round, and answers only once they are shown together', async () => {
    const { roundId } = await ask<OpenedRound>(
      host,
      'post',
      `/api/documents/${table.documents.definition}/rounds`,
      { ...asFacilitator, body: { sections: ['who-is-at-risk'] } },
    );
    await expect(wall.page.getByText(wall.t('round.clarify'), { exact: true })).toBeVisible();
    await ask(ana, 'post', `/api/circles/${table.circleId}/rule`, {
      seat: anaSeat!,
      body: { rule: 'allAgree' },
    });
    await ask(host, 'post', `/api/rounds/${roundId}/phase`, { ...asFacilitator, body: { phase: 'object' } });
    const say = (person: Person, seat: string, position: string) =>
      ask(person, 'post', `/api/rounds/${roundId}/sections/who-is-at-risk/answer`, {
        seat,
        body: { version: 1, position, ...(position === 'consent' ? {} : { reason: 'Who counts as young?' }) },
      });
    await say(wall, wallSeat!, 'concern');
    await say(ana, anaSeat!, 'consent');
    await wall.page.reload();
    await expect(wall.page.getByText(wall.t('round.object'), { exact: true })).toBeVisible();
    await expect(wall.page.getByText('Young people on the road')).toBeVisible();
    await expect(wall.page.getByText(wall.t('answer.concern'))).toHaveCount(0);
    await expect(wall.page.getByText('Who counts as young?')).toHaveCount(0);
    await say(host, table.seats[0]!, 'consent');
    await expect(wall.page.getByText(wall.t('answer.concern'))).toBeVisible();
    await expect(wall.page.getByText('Who counts as young?')).toBeVisible();
    await expect(wall.page.getByText('Baobab')).toBeVisible();
  });

  await test.step('no frame of its socket is about a circle’s room', async () => {
    const outline = await wall.context.request.get(`/api/documents/${table.documents.definition}`, {
      headers: { [SEAT_HEADER]: wallSeat! },
    });
    const rooms = DocumentOutline.parse(await outline.json()).sections.map((section) => section.rooms);
    const frames = wall.frames.join('\n');
    expect(rooms.filter(({ partnership }) => frames.includes(partnership))).toHaveLength(2);
    expect(rooms.filter(({ circle }) => circle !== null)).not.toHaveLength(0);
    expect(rooms.filter(({ circle }) => circle !== null && frames.includes(circle))).toEqual([]);
    expect(wall.frames.filter((frame) => frame.includes('["cursor",'))).toEqual([]);
    await expect(wall.page.locator('.others-caret')).toHaveCount(0);
    await expect(wall.page.getByText('Only for us')).toHaveCount(0);
  });

  await test.step('nothing shows on the wall but words, a quiet corner and the way out', async () => {
    await expect(wall.page.locator('#top-tools')).toBeHidden();
    await expect(wall.page.locator('#leave')).toBeInViewport({ ratio: 1 });
    const size = () => title(4).evaluate((heading) => parseFloat(getComputedStyle(heading).fontSize));
    const before = await size();
    await wall.button('wall.bigger').click();
    expect(await size()).toBeGreaterThan(before);
    await wall.link('wall.back').click();
    await expect(wall.heading('table.documents')).toBeVisible();
  });
});
