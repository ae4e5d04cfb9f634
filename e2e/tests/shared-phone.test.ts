import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { PHONE } from '../support/people.ts';
import type { Person } from '../support/person.ts';
import { choosePin, passPhone, touchPin } from '../support/pins.ts';
import { ask } from '../support/table.ts';
import { expect, ownServer, test } from '../support/test.ts';

const server = ownServer();

const THREE = [
  { picture: 'kite', pin: '4931', words: 'the road is dark after six' },
  { picture: 'drum', pin: '80267', words: 'the foreman keeps our papers' },
  { picture: 'shell', pin: '193755', words: 'nobody asks the girls' },
] as const;

/** A founding card for each of three circles. */
async function cards(host: Person): Promise<{ links: string[]; plan: string }> {
  const started = await ask<StartedPartnership>(host, 'post', '/api/partnerships', {
    body: {
      title: 'Harvest',
      template: 'one-evening',
      locales: ['en'],
      circles: 3,
      handle: { picture: 'bridge' },
    },
  });
  const seat = started.seatId;
  const table = await ask<Table>(host, 'get', `/api/partnerships/${started.partnershipId}`, { seat });
  const links: string[] = [];
  for (const circle of table.circles) {
    const body = { uses: 1, days: 1 };
    links.push((await ask<MintedCode>(host, 'post', `/api/circles/${circle.id}/codes`, { seat, body })).url);
  }
  return { links, plan: table.documents.find(({ kind }) => kind === 'plan')!.id };
}

async function sitDown(phone: Person, picture: string): Promise<string> {
  await phone.button('join.next').tap();
  await phone.page.getByText(phone.t(`picture.${picture}`), { exact: true }).tap();
  await phone.button('join.knock').tap();
  await expect(phone.page).toHaveURL(/\/s\/[0-9a-f-]{36}/);
  return new URL(phone.page.url()).pathname.split('/')[2]!;
}

async function writeInCircle(phone: Person, seat: string, plan: string, words: string): Promise<void> {
  await phone.open(`/s/${seat}/d/${plan}/1`);
  const writing = await phone.ownWriting('plan', 1).ready();
  await writing.type(words);
  await writing.expectSaved('saved');
}

const listed = async (phone: Person) =>
  (await ask<{ seats: { seatId: string }[] }>(phone, 'get', '/api/me')).seats.map(({ seatId }) => seatId);

test('three people on one phone write in their circles’ rooms, and none sees another’s seat', async ({
  people,
}) => {
  test.slow();
  people.expectAnswers(404);
  const host = await people.come(server.now.url);
  const { links, plan } = await cards(host);
  const phone = await people.come(server.now.url, PHONE);
  const seats: string[] = [];

  for (const [index, { picture, pin, words }] of THREE.entries()) {
    await phone.page.goto(links[index]!);
    if (index === 1) {
      // The first person had no PIN until now: both choose one before anything else.
      await phone.button('whose.else').tap();
      await expect(phone.heading('whose.firstTitle')).toBeVisible();
      await choosePin(phone, THREE[0].pin);
      await expect(phone.heading('whose.youTitle')).toBeVisible();
      await choosePin(phone, pin);
    }
    if (index === 2) {
      await expect(phone.heading('phone.lockedTitle')).toBeVisible();
      await phone.button('phone.someoneNew').tap();
      await choosePin(phone, pin);
    }
    await expect(phone.heading('before.title')).toBeVisible();
    seats.push(await sitDown(phone, picture));
    expect(await listed(phone)).toEqual([seats[index]]);
    await writeInCircle(phone, seats[index]!, plan, words);
    if (index === 0) continue;
    await passPhone(phone);
    await expect(phone.page).toHaveURL(`${server.now.url}/`);
    expect(await listed(phone)).toEqual([]);
  }

  // The pad says nothing about anybody; each PIN opens one seat, with its own words and nobody else's.
  const pad = await phone.page.getByRole('main').innerText();
  for (const { picture } of THREE) expect(pad).not.toContain(phone.t(`picture.${picture}`));
  await touchPin(phone, '5820', 'pin.open');
  await expect(phone.page.getByText(phone.t('error.pinUnknown'))).toBeVisible();
  for (const [index, { pin, words }] of THREE.entries()) {
    await touchPin(phone, pin, 'pin.open');
    await expect(phone.page).toHaveURL(`${server.now.url}/s/${seats[index]}`);
    expect(await listed(phone)).toEqual([seats[index]]);
    await phone.open(`/s/${seats[index]}/d/${plan}/1`);
    await (await phone.ownWriting('plan', 1).ready()).expectSaved('saved');
    await expect(phone.page.getByText(words)).toBeVisible();
    for (const other of THREE)
      if (other.words !== words) await expect(phone.page.getByText(other.words)).toHaveCount(0);
    // Another's address opens nothing.
    await phone.open(`/s/${seats[(index + 1) % 3]}`);
    await expect(phone.heading('notFound.title')).toBeVisible();
    await passPhone(phone);
    await phone.page.goBack().catch(() => undefined);
    await expect(phone.heading('phone.lockedTitle')).toBeVisible();
    await expect(phone.page.getByText(words)).toHaveCount(0);
  }
});

test('words that are on this phone only are not lost by passing it without being asked', async ({
  people,
}) => {
  people.expectOutages();
  // What a passed phone still asks for is not there any more.
  people.expectAnswers(404);
  // By number, as in offline.test.ts: Socket.io then hears that the network is gone.
  const origin = server.now.url.replace('localhost', '127.0.0.1');
  const host = await people.come(origin);
  const { links, plan } = await cards(host);
  const phone = await people.come(origin, PHONE);
  await phone.page.goto(links[0]!.replace(server.now.url, origin));
  const seat = await sitDown(phone, 'lamp');
  await ask(phone, 'post', '/api/phone/pin', { body: { pin: THREE[0].pin } });
  await writeInCircle(phone, seat, plan, 'saved words');
  await phone.context.setOffline(true);
  await phone.ownWriting('plan', 1).type(' and more');
  await phone.ownWriting('plan', 1).expectSaved('device');
  await phone.button('phone.pass').tap();
  await expect(phone.heading('phone.unsentTitle')).toBeVisible();
  await phone.button('phone.passAnyway').tap();
  await expect(phone.page.getByText(phone.t('phone.passOffline'))).toBeVisible();
  await phone.context.setOffline(false);
  await phone.ownWriting('plan', 1).expectSaved('saved');

  const box = phone.page.getByLabel(phone.t('box.label'), { exact: true });
  await box.fill('not for the next one');
  await phone.button('phone.pass').tap();
  await phone.button('phone.stay').tap();
  await expect(box).toHaveValue('not for the next one');
  await phone.button('phone.pass').tap();
  await phone.button('phone.passAnyway').tap();
  await expect(phone.heading('phone.lockedTitle')).toBeVisible();
  await ask(phone, 'post', '/api/phone/open', { body: { pin: THREE[0].pin } });
  await phone.open(`/s/${seat}/d/${plan}/1`);
  await expect(box).toHaveValue('');
});

for (const has of ['locks', 'no locks'] as const) {
  test(`words in another tab are asked about before the phone is passed on, in a browser with ${has}`, async ({
    people,
  }) => {
    // What a passed phone still asks for is not there any more.
    people.expectAnswers(404);
    const host = await people.come(server.now.url);
    const { links, plan } = await cards(host);
    const phone = await people.come(server.now.url, PHONE);
    if (has === 'no locks')
      await phone.context.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
      });
    await phone.page.goto(links[0]!);
    const seat = await sitDown(phone, 'lamp');
    await ask(phone, 'post', '/api/phone/pin', { body: { pin: THREE[0].pin } });
    await phone.open(`/s/${seat}/d/${plan}/1`);
    await phone.ownWriting('plan', 1).ready();
    const box = phone.page.getByLabel(phone.t('box.label'), { exact: true });
    await box.fill('in the other tab');

    const other = await phone.context.newPage();
    const button = (id: string) => other.getByRole('button', { name: phone.t(id), exact: true });
    if (has === 'locks')
      // As if the first tab slept: it hears nothing.
      await other.addInitScript(() => {
        BroadcastChannel.prototype.postMessage = () => undefined;
      });
    await other.goto(server.now.url);
    await button('phone.pass').tap();
    await expect(other.getByRole('heading', { name: phone.t('phone.unsentTitle') })).toBeVisible();
    await button('phone.stay').tap();
    await other.goto(links[1]!);
    await button('whose.else').tap();
    await expect(other.getByText(phone.t('phone.unsent'))).toBeVisible();
    await expect(box).toHaveValue('in the other tab');
    await box.fill('');
    await other.goto(server.now.url);
    await button('phone.pass').tap();
    await expect(other.getByRole('heading', { name: phone.t('phone.lockedTitle') })).toBeVisible();
  });
}
