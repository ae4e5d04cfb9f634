import type { DocumentOutline } from '@longtable/shared/protocol/http/documents';
import { columnLabelId, fieldLabelId } from '@longtable/shared/documents/texts';
import { MAX_CATCH_UP_LINES } from '@longtable/shared/protocol/http/here';
import { readParts } from '../../server/src/testing/exports/read-docx.ts';
import { take } from '../support/downloads.ts';
import { watchHands } from '../support/hands.ts';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { choosePin, passPhone, touchPin } from '../support/pins.ts';
import { canReadPdf, pdfWords } from '../support/poppler.ts';
import { answer, linkTo, inRound, toStep } from '../support/rounds.ts';
import { ask } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

/** Without a star. */
const DEFINITION = 4;
const ACTIVITIES = 3;

/** What hands do from the link of a code to a seat, or to its section: the PIN pad of a shared phone comes on top. */
const MAX_TAPS_TO_JOIN = 4;

/** Each on a device of their own. */
const ALONE = { host: 'bridge', second: 'lamp', wall: 'cloud', dalia: 'kite' } as const;

/** On one phone, each behind a PIN. The first two found circles; the third is let in by somebody inside. */
const SHARED = {
  ama: { picture: 'drum', pin: '4931' },
  bea: { picture: 'shell', pin: '80267' },
  cis: { picture: 'mango', pin: '193755' },
} as const;

const WORDS = {
  secret: 'the foreman keeps our papers',
  own: 'Being sold a promise.',
  joint: 'We call it a debt that grows.',
  changed: ' And no way home.',
  activity: 'A phone number that people answer in our language',
  lead: 'The market circle',
  objection: 'It does not say that nobody can go home.',
};

/** The section of a document that this evening works on. */
interface Place {
  id: string;
  section: number;
}

/** The code that is on screen, as a link; a newer one than `before`. */
async function shownLink(person: Person, before = ''): Promise<string> {
  const shown = person.page.locator('.code-text').last();
  const link = async () => `${person.origin}/join#${(await shown.innerText()).replace('-', '')}`;
  await expect.poll(link).not.toBe(before);
  return link();
}

async function foundingLink(host: Person, circle: number): Promise<string> {
  const card = host.page
    .getByRole('listitem')
    .filter({ has: host.heading('circle.numbered', { number: circle }) });
  await card.getByRole('button', { name: host.t('circle.makeFoundingCard') }).click();
  await expect(card.locator('.code-text')).toBeVisible();
  const code = await card.locator('.code-text').innerText();
  return `${host.origin}/join#${code.replace('-', '')}`;
}

/** From the plain page to a seat or a door, without a character. */
async function sitDown(phone: Person, picture: string): Promise<void> {
  await phone.button('join.next').tap();
  await phone.page.getByText(phone.t(`picture.${picture}`), { exact: true }).tap();
  await phone.button('join.knock').tap();
}

/** The founder's first question, answered with one touch. */
async function nameCircle(person: Person, idea: number): Promise<string> {
  await expect(person.heading('naming.title')).toBeVisible();
  const name = person.t('naming.names').split('|')[idea]!;
  await person.page.getByRole('button', { name }).click();
  await person.button('circle.save').click();
  return name;
}

const seatOf = (person: Person) => new URL(person.page.url()).pathname.split('/')[2]!;

test('an evening on five browsers, from an empty server to the files that people take home', async ({
  people,
}) => {
  test.setTimeout(300_000);
  people.expectOutages();
  // What a passed phone still asks for is not there any more.
  people.expectAnswers(404);
  // By number, as in offline.test.ts: Socket.io then hears that the network is gone.
  const origin = server.now.url.replace('localhost', '127.0.0.1');
  const host = await people.come(origin);
  const second = await people.come(origin);
  const wall = await people.come(origin, { viewport: { width: 1920, height: 1080 } });
  const dalia = await people.come(origin, { ...PHONE, language: 'ar' });
  const phone = await people.come(origin, PHONE);
  const hands = await watchHands(phone.page);
  const daliasHands = await watchHands(dalia.page);
  const names: string[] = [];
  const at: Record<'host' | 'second' | 'dalia' | keyof typeof SHARED, string> = {
    host: '',
    second: '',
    dalia: '',
    ama: '',
    bea: '',
    cis: '',
  };
  const plan: Place = { id: '', section: ACTIVITIES };
  const definition: Place = { id: '', section: DEFINITION };
  const open = (person: Person, seat: string, { id, section }: Place) =>
    person.open(`/s/${seat}/d/${id}/${section}`);
  /** The shared phone changes hands. */
  const handTo = async (who: keyof typeof SHARED) => {
    await passPhone(phone);
    await touchPin(phone, SHARED[who].pin, 'pin.open');
    await expect(phone.page).toHaveURL(new RegExp(`/s/${at[who]}`));
  };

  await test.step('a facilitator starts, and hands out a second facilitator’s seat and one for the wall', async () => {
    await host.open('/');
    await host.link('first.start').click();
    await host.button('join.next').click();
    await host.page.getByLabel(host.t('start.title')).fill('The harbour');
    await host.page.getByText(host.t('template.one-evening.name')).click();
    await host.page.getByLabel(host.t('start.circles')).fill('3');
    await host.pickPicture(ALONE.host);
    await host.button('start.submit').click();
    await expect(host.heading('set.title')).toBeVisible();
    await host.button('second.make').click();
    const forSecond = await shownLink(host);
    await second.page.goto(forSecond);
    await second.button('join.next').click();
    await second.pickPicture(ALONE.second);
    await second.button('join.knock').click();
    await expect(second.page).toHaveURL(/\/s\//);
    at.second = seatOf(second);
    await host.button('second.again').click();
    await wall.page.goto(await shownLink(host, forSecond));
    await wall.button('join.next').click();
    await wall.pickPicture(ALONE.wall);
    await wall.button('join.knock').click();
    await expect(wall.page).toHaveURL(/\/s\//);
    await host.link('set.toTable').click();
    await expect(host.page.getByRole('heading', { name: 'The harbour' })).toBeVisible();
    at.host = seatOf(host);
  });

  await test.step('each circle’s first seat goes to one person, who names it; nobody typed a character', async () => {
    const links = [await foundingLink(host, 1), await foundingLink(host, 2), await foundingLink(host, 3)];
    await dalia.page.goto(links[0]!);
    await sitDown(dalia, ALONE.dalia);
    await expect(dalia.heading('naming.title')).toBeVisible();
    expect(daliasHands).toEqual({ taps: 3, typed: 0 });
    names.push(await nameCircle(dalia, 0));
    at.dalia = seatOf(dalia);
    expect(daliasHands.typed).toBe(0);

    await phone.page.goto(links[1]!);
    await sitDown(phone, SHARED.ama.picture);
    await expect(phone.heading('naming.title')).toBeVisible();
    expect(hands).toEqual({ taps: 3, typed: 0 });
    names.push(await nameCircle(phone, 1));
    at.ama = seatOf(phone);
    expect(hands.typed).toBe(0);

    await phone.page.goto(links[2]!);
    await phone.button('whose.else').tap();
    await choosePin(phone, SHARED.ama.pin);
    await expect(phone.heading('whose.youTitle')).toBeVisible();
    await choosePin(phone, SHARED.bea.pin);
    await sitDown(phone, SHARED.bea.picture);
    names.push(await nameCircle(phone, 2));
    at.bea = seatOf(phone);
    expect(hands.typed).toBe(0);
  });

  await test.step('own words first: on the phone alone, then on the circle’s page, then before the others', async () => {
    await host.page.reload();
    const first = await host.page.evaluate(
      async ([seat]) => {
        const me = await (await fetch('/api/me')).json();
        const { partnershipId } = me.seats[0];
        const answer = await fetch(`/api/partnerships/${partnershipId}`, {
          headers: { 'longtable-seat': seat! },
        });
        return (await answer.json()).documents as { id: string; kind: string }[];
      },
      [at.host],
    );
    plan.id = first.find(({ kind }) => kind === 'plan')!.id;
    definition.id = first.find(({ kind }) => kind === 'definition')!.id;

    await open(dalia, at.dalia, definition);
    await dalia.ownWriting('definition', DEFINITION).ready();
    await dalia.page.getByLabel(dalia.t('box.label'), { exact: true }).fill(WORDS.own);
    // The network goes; the words stay in the box until the server has them.
    await dalia.context.setOffline(true);
    await expect(dalia.page.getByText(dalia.t('connection.offline'))).toBeVisible();
    await dalia.button('box.toCircle').click();
    await expect(dalia.page.getByText(dalia.t('box.waits'))).toBeVisible();
    await dalia.context.setOffline(false);
    await expect(dalia.page.getByText(dalia.t('box.wentTo.circle'))).toBeVisible();
    await dalia.button('words.share').click();
    await dalia.page
      .getByRole('dialog')
      .getByRole('button', { name: dalia.t('words.askYes') })
      .click();
    await expect(dalia.page.getByText(dalia.t('words.said.words'))).toBeVisible();

    await open(phone, at.bea, definition);
    await expect(phone.page.getByText(WORDS.own)).toHaveCount(0);
    const own = await phone.ownWriting('definition', DEFINITION).ready();
    await own.type(WORDS.secret);
    await own.expectSaved('saved');
    await phone.button('words.pass').click();
    await handTo('ama');
    await open(phone, at.ama, definition);
    await expect(phone.page.getByText(WORDS.secret)).toHaveCount(0);
    await phone.button('words.pass').click();
    await phone.link('words.sideBySide').click();
    await expect(phone.page.getByText(WORDS.own)).toBeVisible();
    await phone.button('words.choose').click();
    await phone.page.getByRole('checkbox', { name: WORDS.own }).check();
    await phone.button('words.bring').click();
    await expect(phone.page.getByText(phone.t('words.areTogether'))).toBeVisible();
  });

  await test.step('the room is at one section; the wall follows, and shows nothing of a circle’s own page', async () => {
    await open(host, at.host, definition);
    await host.button('here.moveDo').click();
    await wall.open(`/s/${seatOf(wall)}/p`);
    await expect(wall.page.getByText(WORDS.own)).toBeVisible();
    await open(phone, at.ama, definition);
    const joint = await phone.writing('definition', DEFINITION).ready();
    await joint.caretToEndOf((await joint.blocks.count()) - 1);
    await joint.press('Enter');
    await joint.type(WORDS.joint);
    await joint.expectSaved('saved');
    await expect(wall.page.getByText(WORDS.joint)).toBeVisible();
    await expect(wall.page.getByText(WORDS.secret)).toHaveCount(0);
  });

  await test.step('somebody comes late, to the phone that others share, is let in, and lands where the room is', async () => {
    await dalia.open(`/s/${at.dalia}`);
    const { url } = await dalia.makeCode();
    await passPhone(phone);
    await phone.page.goto(url);
    const before = { ...hands };
    await phone.button('phone.someoneNew').tap();
    await choosePin(phone, SHARED.cis.pin);
    const onPad = 2 * (SHARED.cis.pin.length + 1);
    await sitDown(phone, SHARED.cis.picture);
    await expect(phone.heading('door.title')).toBeVisible();
    at.cis = seatOf(phone);
    await dalia.letIn(1);
    await expect(phone.page).toHaveURL(new RegExp(`/s/${at.cis}/d/${definition.id}/${DEFINITION}$`));
    expect(hands.taps - before.taps - onPad).toBeGreaterThan(0);
    expect(hands.taps - before.taps - onPad).toBeLessThanOrEqual(MAX_TAPS_TO_JOIN);
    expect(hands.typed).toBe(before.typed);
    await phone.ownWriting('definition', DEFINITION).ready();
    const told = phone.page.getByRole('region', { name: phone.t('catchUp.title') });
    const lines = told.getByRole('listitem');
    await expect(lines.first()).toBeVisible();
    expect(await lines.count()).toBeLessThanOrEqual(MAX_CATCH_UP_LINES);
    await phone.button('catchUp.done').click();
  });

  await test.step('who does what by when stands in the plan', async () => {
    await open(dalia, at.dalia, plan);
    await dalia.writing('plan', ACTIVITIES).ready();
    const column = (key: string) => dalia.t(columnLabelId('plan', 'what-we-will-do', 'activities', key));
    const region = dalia.page.getByRole('region', {
      name: dalia.t(fieldLabelId('plan', 'what-we-will-do', 'activities')),
    });
    await region.getByRole('button', { name: dalia.t('row.add') }).click();
    const row = region.getByRole('listitem').last();
    await row.getByLabel(column('activity'), { exact: true }).pressSequentially(WORDS.activity);
    await row.getByLabel(column('lead-circle'), { exact: true }).pressSequentially(WORDS.lead);
    await row.getByLabel(column('end'), { exact: true }).fill('2027-03-01');
    await dalia.writing('plan', ACTIVITIES).expectSaved('saved');
  });

  await test.step('each circle says for itself that it was heard', async () => {
    await dalia.button('heard.spoke').click();
    await expect(dalia.button('heard.spoke')).toHaveAttribute('aria-pressed', 'true');
    for (const who of ['ama', 'bea'] as const) {
      await handTo(who);
      await open(phone, at[who], plan);
      await phone.button('heard.passed').click();
      await expect(phone.button('heard.passed')).toHaveAttribute('aria-pressed', 'true');
    }
  });

  await test.step('the facilitator begins a round and is cut off; the second one carries on', async () => {
    await begin(host, at.host, definition);
    await expect(host.page.locator('[aria-current="step"]')).toContainText(host.t('round.clarify'));
    await begin(host, at.host, plan);
    await host.context.close();
    await openRound(second, at.second, definition);
    await toStep(second, 'object');
  });

  await test.step('one circle cannot live with it: that section opens again, and no other', async () => {
    await openRound(dalia, at.dalia, definition);
    await answer(dalia, 'consent');
    await expect(dalia.heading('answer.given')).toBeVisible();
    await handTo('ama');
    await openRound(phone, at.ama, definition);
    await answer(phone, 'consent');
    await expect(phone.heading('answer.given')).toBeVisible();
    await expect(wall.page.getByText(WORDS.objection)).toHaveCount(0);
    await handTo('bea');
    await openRound(phone, at.bea, definition);
    await answer(phone, 'objection', WORDS.objection);
    await expect(inRound(second).getByText(WORDS.objection)).toBeVisible();
    await expect(inRound(second).getByText(second.t('round.reopenedAbout'))).toBeVisible();

    await phone.link('round.changeWords').click();
    const joint = await phone.writing('definition', DEFINITION).ready();
    await joint.caretToEndOf((await joint.blocks.count()) - 1);
    await joint.type(WORDS.changed);
    await joint.expectSaved('saved');
    await toStep(second, 'integrate');
    await second.button('facilitate.repin').click();
    await second.page
      .getByRole('dialog')
      .getByRole('button', { name: second.t('facilitate.repin') })
      .click();
    await toStep(second, 'object');
  });

  await test.step('the server dies in between, and nothing that was said is lost', async () => {
    await dalia.button('answer.give').waitFor();
    await answer(dalia, 'consent');
    await expect(dalia.heading('answer.given')).toBeVisible();
    await server.now.kill('SIGKILL');
    await server.now.restart();
    await openRound(phone, at.bea, definition);
    await expect(inRound(phone).getByText(WORDS.changed.trim())).toBeVisible();
    await answer(phone, 'concern', 'We will look again in spring.');
    // Passed on before it has arrived, the phone would ask first.
    await expect(phone.heading('answer.given')).toBeVisible();
    await handTo('ama');
    await openRound(phone, at.ama, definition);
    await answer(phone, 'consent');
    await expect(
      linkTo(second, 'definition', DEFINITION, second.page.locator('.round-sections')),
    ).toContainText(second.t('round.agreed'));
  });

  await test.step('the plan waits for one circle, and says so', async () => {
    await openRound(second, at.second, plan);
    await toStep(second, 'object');
    await openRound(dalia, at.dalia, plan);
    await answer(dalia, 'consent');
    await expect(dalia.heading('answer.given')).toBeVisible();
    await openRound(phone, at.ama, plan);
    await answer(phone, 'consent');
    await expect(phone.heading('answer.given')).toBeVisible();
    await second.button('facilitate.reveal').click();
    await second.page
      .getByRole('dialog')
      .getByRole('button', { name: second.t('facilitate.reveal') })
      .click();
    await expect(inRound(second).getByText(second.t('round.waitingAbout'))).toBeVisible();
  });

  await test.step('the files say what is agreed and what is open, and name nobody', async () => {
    await open(second, at.second, definition);
    const agreed = (await take(second, 'md')).content.toString('utf8');
    for (const words of [WORDS.own, WORDS.joint, WORDS.changed.trim(), ...names])
      expect(agreed).toContain(words);
    expect(agreed).toMatch(/[0-9a-f]{64}/);
    await open(second, at.second, plan);
    const docx = (await readParts((await take(second, 'docx')).content)).get('word/document.xml')!;
    expect(docx).toContain(names[2]!);
    const files = [agreed, docx];
    const { content } = await take(second, 'pdf');
    expect(content.subarray(0, 4).toString('latin1')).toBe('%PDF');
    if (canReadPdf()) {
      const pdf = pdfWords(content).replace(/\u00ad\s*/g, '');
      expect(pdf).toContain(WORDS.activity);
      files.push(pdf);
    }
    const page = (await take(second, 'md', 'who-does-what')).content.toString('utf8');
    for (const words of [WORDS.activity, WORDS.lead]) expect(page).toContain(words);
    files.push(page);
    for (const file of files) {
      expect(file).not.toContain(WORDS.secret);
      for (const picture of [...Object.values(ALONE), ...Object.values(SHARED).map((one) => one.picture)])
        for (const reader of [phone, dalia]) expect(file).not.toContain(reader.t(`picture.${picture}`));
    }
  });

  await test.step('the last on the shared phone finds nothing of the others, and the wall never opened a circle’s room', async () => {
    await handTo('cis');
    await expect(phone.page.getByText(WORDS.secret)).toHaveCount(0);
    const outline = await ask<DocumentOutline>(dalia, 'get', `/api/documents/${definition.id}`, {
      seat: at.dalia,
    });
    const { rooms } = outline.sections[DEFINITION - 1]!;
    expect(wall.frames.join('\n')).toContain(rooms.partnership);
    expect(wall.frames.join('\n')).not.toContain(rooms.circle);
  });
});

/** Opens a round on what a document proposes, from the table. */
async function begin(person: Person, seat: string, { id, section }: Place): Promise<void> {
  await person.open(`/s/${seat}/d/${id}/${section}`);
  await person.link('ask.open').click();
  await person.button('ask.begin').click();
  await expect(person.page.locator('[aria-current="step"]')).toBeVisible();
}

/** Finds the round of a document by its section's banner, and goes there. */
async function openRound(person: Person, seat: string, { id, section }: Place): Promise<void> {
  await person.open(`/s/${seat}/d/${id}/${section}`);
  await person.link('rounds.go').first().click();
  await expect(person.page.locator('[aria-current="step"]')).toBeVisible();
}
