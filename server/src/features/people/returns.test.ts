import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MAX_WRONG_CODES } from '@longtable/shared/limits';
import type { CircleId, SeatId } from '@longtable/shared/ids';
import { phraseWords } from '@longtable/shared/phrases/phrases';
import { Locale, Me, type ReturnKind } from '@longtable/shared/protocol/http/people';
import { Returned, WayBack } from '@longtable/shared/protocol/http/returns';
import type { BusMessage } from '../../platform/bus.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson, waitingPerson } from '../../testing/factories.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

const KINDS: ReturnKind[] = ['card', 'words'];

describeEachBackend('coming back to a seat', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let circle: CircleId;
  let owner: TestPerson;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    [circle] = (await startPartnership(deps)).circles as [CircleId];
    owner = await seatedMember(deps, circle);
  });

  const ask = ({ cookie, seat }: TestPerson, kind: ReturnKind, locale: Locale = 'en') =>
    server.newDevice().post('/api/ways-back', { seat: seat.id, headers: { cookie }, body: { kind, locale } });
  const make = async (kind: ReturnKind, locale?: Locale) =>
    WayBack.parse((await ask(owner, kind, locale)).body);
  const comeBack = (device: Device, code: string) => device.post('/api/return', { body: { code } });
  const seatsOn = async (device: Device) => Me.parse((await device.get('/api/me')).body).seats;
  const reads = async (device: Device, seat: SeatId, headers = {}) =>
    (await device.get(`/api/circles/${circle}`, { seat, headers })).status;

  it.each(KINDS)(
    'a %s brings the seat to another device, and the one before loses it at once',
    async (kind) => {
      const { text } = await make(kind);
      const heard: BusMessage[] = [];
      const stop = deps.bus.subscribe((message) => heard.push(message));
      const device = server.newDevice();
      const { seatId } = Returned.parse((await comeBack(device, text)).body);
      stop();
      expect(seatId).toBe(owner.seat.id);
      expect(heard).toEqual([{ kind: 'kick', seatId }]);
      expect(await reads(device, seatId)).toBe(200);
      expect(await reads(server.newDevice(), seatId, { cookie: owner.cookie })).toBe(404);
    },
  );

  it('a card is looked up as people type it, and its link carries the code behind a #', async () => {
    const { text, url } = await make('card');
    expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(url).toBe(`${deps.env.publicUrl}/return#${text.replaceAll('-', '')}`);
    expect((await comeBack(server.newDevice(), text.toLowerCase().replaceAll('-', ' '))).status).toBe(200);
  });

  it.each(Locale.options)(
    'words are made by the server, in the language of whoever asks (%s)',
    async (locale) => {
      const { text, url } = await make('words', locale);
      expect(url).toBeNull();
      expect(text.split(' ')).toHaveLength(5);
      for (const word of text.split(' ')) expect(phraseWords[locale]).toContain(word);
      expect((await comeBack(server.newDevice(), ` ${text.replaceAll(' ', ', ')}.`)).status).toBe(200);
    },
  );

  it.each(KINDS)('a new %s makes the old one useless, and leaves the other kind as it is', async (kind) => {
    const [old, other] = [await make(kind), await make(kind === 'card' ? 'words' : 'card')];
    const fresh = await make(kind);
    expect(await comeBack(server.newDevice(), old.text)).toMatchObject({
      status: 404,
      body: { code: 'codeUnknown' },
    });
    for (const { text } of [fresh, other])
      expect((await comeBack(server.newDevice(), text)).status).toBe(200);
  });

  it('whatever is wrong, the answer is the same: it never tells who sits anywhere', async () => {
    await make('card');
    const answers = [];
    for (const code of ['0000-0000-0000', 'kettle river goat lamp tulip', 'kite', owner.seat.id, 'ABCD-1234'])
      answers.push(await comeBack(server.newDevice(), code));
    for (const answer of answers) {
      expect([answer.status, answer.body, answer.headers['set-cookie']]).toEqual([
        404,
        { code: 'codeUnknown' },
        undefined,
      ]);
    }
  });

  it('wrong ones are limited on one device', async () => {
    const { text } = await make('card');
    const device = server.newDevice();
    await device.post('/api/partnerships', {
      body: { title: 'A', template: 'full', locales: ['en'], circles: 1, handle: { picture: 'boat' } },
    });
    for (let i = 0; i < MAX_WRONG_CODES; i += 1) await comeBack(device, `0000-0000-00${10 + i}`);
    expect(await comeBack(device, text)).toMatchObject({ status: 429, body: { code: 'tooManyGuesses' } });
    expect((await comeBack(server.newDevice(), text)).status).toBe(200);
  });

  it('only a seat that was let in can have one, and one whose seat has gone opens nothing', async () => {
    const waiting = await waitingPerson(deps, circle);
    expect(await ask(waiting, 'card')).toMatchObject({ status: 403, body: { code: 'waiting' } });
    const { text } = await make('card');
    await deps.db('seats').where({ id: owner.seat.id }).update({ state: 'left' });
    expect((await comeBack(server.newDevice(), text)).status).toBe(404);
  });

  it('brings a seat back after leaving quickly, which had taken it from every device', async () => {
    const { text } = await make('words');
    await server.newDevice().post('/api/leave', { headers: { cookie: owner.cookie } });
    const device = server.newDevice();
    expect((await comeBack(device, text)).status).toBe(200);
    expect(await seatsOn(device)).toHaveLength(1);
  });

  it('who forgot the PIN on a shared phone comes back behind a new one; the old one opens nothing', async () => {
    const { text } = await make('card');
    const phone = server.newDevice();
    await comeBack(phone, text);
    const pin = (action: string, value: string) =>
      phone.post(`/api/phone/${action}`, { body: { pin: value } });
    await pin('pin', '4931');
    await phone.post('/api/phone/pass');
    expect((await comeBack(phone, text)).body).toMatchObject({ code: 'notNow' });
    await pin('someone', '80267');
    expect((await comeBack(phone, text)).status).toBe(200);
    expect(await seatsOn(phone)).toHaveLength(1);
    await phone.post('/api/phone/pass');
    expect((await pin('open', '4931')).body).toMatchObject({ code: 'pinUnknown' });
    expect((await pin('open', '80267')).status).toBe(204);
    expect(await seatsOn(phone)).toHaveLength(1);
  });

  it('coming back to where one is changes nothing', async () => {
    const { text } = await make('card');
    const device = server.newDevice();
    await comeBack(device, text);
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    expect((await comeBack(device, text)).status).toBe(200);
    stop();
    expect(heard).toEqual([]);
  });

  it('keeps neither card nor words in clear', async () => {
    const texts = [(await make('card')).text.replaceAll('-', ''), (await make('words')).text];
    const rows = (await deps.db('ways_back')) as Record<string, unknown>[];
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(['code_hash', 'kind', 'seat_id']);
    const bytes = rows.map((row) => Buffer.from(row['code_hash'] as Uint8Array).toString('latin1')).join();
    for (const text of texts) expect(bytes).not.toContain(text);
  });
});
