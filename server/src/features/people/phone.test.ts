import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MAX_PEOPLE_ON_PHONE, MAX_WRONG_PINS } from '@longtable/shared/limits';
import type { CircleId, SeatId } from '@longtable/shared/ids';
import { CircleInside, Joined } from '@longtable/shared/protocol/http/circles';
import { Me, type Picture } from '@longtable/shared/protocol/http/people';
import type { BusMessage } from '../../platform/bus.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { startPartnership } from '../../testing/factories.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { mintCode } from '../circles/codes.service.ts';

const [PIN_A, PIN_B, PIN_C] = ['4931', '80267', '193755'];

describeEachBackend('several of us on one phone', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let phone: Device;
  let circles: CircleId[];
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    phone = server.newDevice();
    ({ circles } = await startPartnership(deps, { circles: 4 }));
  });

  const me = async () => Me.parse((await phone.get('/api/me')).body);
  const pin = (action: 'pin' | 'open' | 'someone', value: string) =>
    phone.post(`/api/phone/${action}`, { body: { pin: value } });
  const pass = () => phone.post('/api/phone/pass');
  const inside = (seat: SeatId, circle: CircleId) => phone.get(`/api/circles/${circle}`, { seat });

  const found = async (circle: CircleId, picture: Picture) => {
    const { code } = await mintCode(deps, circle, { uses: 1, days: 1 }, true);
    return phone.post('/api/join', { body: { code, handle: { picture }, locale: 'en' } });
  };
  const join = async (circle: CircleId, picture: Picture) =>
    Joined.parse((await found(circle, picture)).body);

  /** Two people of two circles; the second has the phone. */
  const shareByTwo = async () => {
    const a = (await join(circles[0]!, 'kite')).seatId;
    expect((await pin('pin', PIN_A)).status).toBe(204);
    expect((await pin('someone', PIN_B)).status).toBe(204);
    const b = (await join(circles[1]!, 'drum')).seatId;
    return { a, b };
  };

  it('a phone is one person’s own until somebody chooses a PIN, with all of their seats together', async () => {
    await join(circles[0]!, 'kite');
    await join(circles[1]!, 'kite');
    expect(await me()).toMatchObject({ phone: 'own' });
    expect((await pass()).body).toMatchObject({ code: 'notNow' });
    await pin('pin', PIN_A);
    const shared = await me();
    expect(shared.phone).toBe('shared');
    expect(shared.seats).toHaveLength(2);
  });

  it('while it is passed on, no seat is listed, and a locked seat is as one that does not exist', async () => {
    const { a, b } = await shareByTwo();
    expect((await me()).seats.map(({ seatId }) => seatId)).toEqual([b]);
    expect((await pass()).status).toBe(204);
    expect(await me()).toMatchObject({ seats: [], phone: 'locked' });
    const nobody = await inside('6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01' as SeatId, circles[0]!);
    for (const [seat, circle] of [
      [a, circles[0]!],
      [b, circles[1]!],
    ] as const) {
      const answer = await inside(seat, circle);
      expect([answer.status, answer.body]).toEqual([404, nobody.body]);
    }
  });

  it('a PIN alone opens its owner’s seats, and no others', async () => {
    const { a, b } = await shareByTwo();
    await pass();
    expect((await pin('open', PIN_A)).status).toBe(204);
    expect((await me()).seats.map(({ seatId }) => seatId)).toEqual([a]);
    expect((await inside(a, circles[0]!)).status).toBe(200);
    expect((await inside(b, circles[1]!)).status).toBe(404);
    await pass();
    await pin('open', PIN_B);
    expect((await me()).seats.map(({ seatId }) => seatId)).toEqual([b]);
  });

  it('sockets of seats that close are told to go before the call returns, those of nobody else', async () => {
    const { a, b } = await shareByTwo();
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    await pass();
    expect(heard.splice(0)).toEqual([{ kind: 'kick', seatId: b }]);
    await pin('open', PIN_A);
    expect(heard.splice(0)).toEqual([]);
    await pin('someone', PIN_C);
    expect(heard.splice(0)).toEqual([{ kind: 'kick', seatId: a }]);
    stop();
  });

  it('nobody can sit down on a phone that is locked', async () => {
    await shareByTwo();
    await pass();
    expect(await found(circles[2]!, 'bell')).toMatchObject({ status: 409, body: { code: 'notNow' } });
    expect(await me()).toMatchObject({ seats: [], phone: 'locked' });
  });

  it('a PIN that is somebody’s is refused in the words of one that is too easy, and counts as a guess', async () => {
    await shareByTwo();
    await pass();
    expect((await pin('someone', '1234')).body).toEqual({ code: 'pinUnusable' });
    expect((await pin('someone', PIN_A)).body).toEqual({ code: 'pinUnusable' });
    expect(await me()).toMatchObject({ phone: 'locked' });
    for (let i = 1; i < MAX_WRONG_PINS; i += 1) await pin('someone', PIN_A);
    expect((await pin('someone', PIN_C)).body).toEqual({ code: 'tooManyGuesses' });
  });

  it('free PINs cannot be listed either: a place that is taken and left again counts as a guess', async () => {
    await shareByTwo();
    for (const leave of [pass, async () => undefined]) {
      await pass();
      const answers: number[] = [];
      for (let i = 0; i < 20; i += 1) {
        answers.push((await pin('someone', `50${70 + i}1`)).status);
        await leave();
      }
      expect(answers.filter((status) => status === 204).length).toBeLessThanOrEqual(MAX_WRONG_PINS + 1);
      expect(answers.at(-1)).toBe(429);
      deps.clock.advanceMs(24 * 3_600_000);
    }
  });

  it('wrong PINs make the phone wait and take nothing away', async () => {
    const { a } = await shareByTwo();
    await pass();
    for (let i = 0; i < MAX_WRONG_PINS; i += 1)
      expect(await pin('open', '5555')).toMatchObject({ status: 404, body: { code: 'pinUnknown' } });
    expect(await pin('open', PIN_A)).toMatchObject({ status: 429, body: { code: 'tooManyGuesses' } });
    deps.clock.advanceMs(30_000);
    expect((await pin('open', PIN_A)).status).toBe(204);
    expect((await me()).seats.map(({ seatId }) => seatId)).toEqual([a]);
  });

  it('only one person’s seats are ever open, also when two tabs open two at once', async () => {
    const { a, b } = await shareByTwo();
    await pass();
    await Promise.all([pin('open', PIN_A), pin('open', PIN_B)]);
    const { seats } = await me();
    expect(seats).toHaveLength(1);
    expect([a, b]).toContain(seats[0]!.seatId);
  });

  it('a PIN chosen by somebody who never sat down is free again once the phone is passed', async () => {
    await shareByTwo();
    await pin('someone', PIN_C);
    expect(await me()).toMatchObject({ seats: [], phone: 'shared' });
    await pass();
    expect((await pin('open', PIN_C)).body).toMatchObject({ code: 'pinUnknown' });
    expect((await pin('someone', PIN_C)).status).toBe(204);
  });

  it('has room for so many people and no more', async () => {
    await join(circles[0]!, 'kite');
    await pin('pin', PIN_A);
    const first = circles[0]!;
    const { code } = await mintCode(deps, first, { uses: MAX_PEOPLE_ON_PHONE, days: 1 }, false);
    for (let people = 1; people < MAX_PEOPLE_ON_PHONE; people += 1) {
      expect((await pin('someone', `70${people}31`)).status).toBe(204);
      await phone.post('/api/join', { body: { code, handle: { picture: 'bell' }, locale: 'en' } });
    }
    expect((await pin('someone', PIN_C)).body).toMatchObject({ code: 'notNow' });
  });

  it('refuses everything of the kind from a device without a session, and PINs that are none', async () => {
    expect((await pin('open', PIN_A)).status).toBe(401);
    await join(circles[0]!, 'kite');
    for (const value of ['', '123', '1234567', '12a4', '١٢٣٤'])
      expect((await pin('pin', value)).body).toMatchObject({ code: 'badRequest' });
    expect((await pin('someone', PIN_B)).body).toMatchObject({ code: 'notNow' });
  });

  it('leaving quickly clears the phone of everybody, and all of their sockets', async () => {
    const { a, b } = await shareByTwo();
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    expect((await phone.post('/api/leave')).status).toBe(204);
    stop();
    expect(new Set(heard.flatMap((message) => ('seatId' in message ? message.seatId : [])))).toEqual(
      new Set([a, b]),
    );
    expect(await me()).toMatchObject({ seats: [], phone: 'own' });
    const kept = { session_id: null, holder_id: null, state: 'left' };
    expect(await deps.db('seats').whereIn('id', [a, b]).select(Object.keys(kept))).toEqual([kept, kept]);
  });

  it('keeps no PIN in clear, and no day on which anything was passed', async () => {
    await shareByTwo();
    const rows = (await deps.db('phone_holders')) as Record<string, unknown>[];
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(['id', 'pin_hash', 'session_id']);
    const bytes = rows.map((row) => Buffer.from(row['pin_hash'] as Uint8Array).toString('latin1')).join();
    for (const value of [PIN_A!, PIN_B!]) expect(bytes).not.toContain(value);
  });

  it('those inside see nothing of it: a circle lists its members as before', async () => {
    const { a } = await shareByTwo();
    await pass();
    await pin('open', PIN_A!);
    const { members } = CircleInside.parse((await inside(a, circles[0]!)).body);
    expect(members).toEqual([{ seatId: a, handle: { picture: 'kite' } }]);
  });
});
