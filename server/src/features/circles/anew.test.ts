import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import type { CircleId } from '@longtable/shared/ids';
import { ANEW_WAIT_MINUTES } from '@longtable/shared/limits';
import { CircleInside, MintedCode } from '@longtable/shared/protocol/http/circles';
import { FacilitatorCall } from '@longtable/shared/protocol/http/facilitator-call';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import { RoundView } from '@longtable/shared/protocol/http/rounds';
import { describeEachBackend } from '../../testing/backends.ts';
import {
  seatedMember,
  startPartnership,
  type TestPartnership,
  type TestPerson,
  waitingPerson,
} from '../../testing/factories.ts';
import { startTestServer, type TestServer } from '../../testing/http-client.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { endSession } from '../people/leaving.service.ts';
import { makeWayBack } from '../people/returns.service.ts';
import { answerDoor } from './doors.service.ts';
import { describeCircle, readCircle } from './circles.service.ts';

describeEachBackend('a circle founded anew', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let table: TestPartnership;
  let gone: TestPerson;
  let one: TestPerson;
  let other: TestPerson;
  let about: CircleId;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    table = await startPartnership(deps, { circles: 3 });
    about = table.circles[0]!;
    gone = await seatedMember(deps, about);
    one = await seatedMember(deps, table.circles[1]!);
    other = await seatedMember(deps, table.circles[2]!);
  });

  const as = ({ cookie, seat }: TestPerson, body?: unknown) => ({
    seat: seat.id,
    headers: { cookie },
    ...(body === undefined ? {} : { body }),
  });
  const post = (who: TestPerson, path: string, body?: unknown) =>
    server.newDevice().post(path, as(who, body));
  const ask = async (who = table.facilitator, circle = about) =>
    (await post(who, `/api/circles/${circle}/anew`)).status;
  const takeBack = async (who = table.facilitator) =>
    (await server.newDevice().delete(`/api/circles/${about}/anew`, as(who))).status;
  const agree = async (who: TestPerson, agrees = true, circle = about) =>
    (await post(who, `/api/circles/${circle}/anew/agreement`, { agrees })).status;
  const here = async (who: TestPerson) => (await post(who, `/api/circles/${about}/anew/here`)).status;
  const tableAs = async (who: TestPerson) =>
    Table.parse((await server.newDevice().get(`/api/partnerships/${table.id}`, as(who))).body);
  const seenBy = async (who: TestPerson) => (await tableAs(who)).circles.find(({ id }) => id === about)!;
  const asked = async (who: TestPerson) => (await seenBy(who)).anew;
  /** What a member is told on every other page. */
  const toldInside = async (who: TestPerson) =>
    CircleInside.parse(
      (await server.newDevice().get(`/api/circles/${who.seat.circleId as CircleId}`, as(who))).body,
    ).anew;
  const wait = (ms = 0) => deps.clock.advanceMs(ANEW_WAIT_MINUTES * 60_000 + ms);
  const untilTomorrow = () => deps.clock.advanceMs(86_400_000);
  const ended = async (who: TestPerson) => (await tableAs(who)).circles.map(({ isEnded }) => isEnded);

  /** A circle more at this table, in which somebody has just sat down. */
  const startFourth = async () => {
    const { key_id } = await deps.db('circles').where({ id: about }).first();
    const id = randomUUID() as CircleId;
    await deps.db('circles').insert({ id, partnership_id: table.id, number: 4, key_id });
    return seatedMember(deps, id);
  };

  it('ends some time after every other circle agreed, keeps its name, is asked nothing more, and another stands in its place', async () => {
    const { facilitator } = table;
    await describeCircle(deps, await readCircle(deps.db, about), { name: 'Baobab' });
    const guest = await waitingPerson(deps, about);
    await endSession(deps, gone.session);
    expect(await ask()).toBe(204);
    expect(await agree(one)).toBe(204);
    expect(await seenBy(facilitator)).toMatchObject({ isEnded: false, isSeated: true });
    expect(await agree(other)).toBe(204);
    wait(-1);
    expect(await seenBy(facilitator)).toMatchObject({ isEnded: false, isSeated: true });
    deps.clock.advanceMs(1);
    expect(await seenBy(facilitator)).toMatchObject({
      isEnded: true,
      isSeated: false,
      name: 'Baobab',
      anew: null,
    });
    expect((await deps.db('seats').where({ id: guest.seat.id }).first()).state).toBe('refused');

    const opened = await post(facilitator, `/api/documents/${table.documents.plan}/rounds`, {
      sections: ['what-we-will-do'],
    });
    const { roundId } = opened.body as { roundId: string };
    const round = await server.newDevice().get(`/api/rounds/${roundId}`, as(facilitator));
    expect(RoundView.parse(round.body).electorate).toEqual(table.circles.slice(1));

    // Nobody comes into the one that ended; the new one is founded as any other.
    const body = { uses: 1, days: 1 };
    expect((await post(facilitator, `/api/circles/${about}/codes`, body)).status).toBe(404);
    const fresh = (await tableAs(facilitator)).circles.at(-1)!;
    expect(fresh).toMatchObject({ number: 4, name: null, isSeated: false, isPromised: false });
    const { code } = MintedCode.parse((await post(facilitator, `/api/circles/${fresh.id}/codes`, body)).body);
    const founder = server.newDevice();
    const joined = await founder.post('/api/join', {
      body: { code, handle: { picture: 'kite' }, locale: 'en' },
    });
    expect(joined.body).toMatchObject({ state: 'seated' });
    const { seatId } = joined.body as { seatId: never };
    expect((await founder.get(`/api/circles/${about}`, { seat: seatId })).status).toBe(404);
  });

  it.each(['a seat on a device', 'a seat card'])(
    'does not end while there is %s, and which of the two it was is not said',
    async (what) => {
      if (what === 'a seat card') {
        await makeWayBack(deps, gone.seat, { kind: 'card', locale: 'en' });
        await endSession(deps, gone.session);
      }
      await ask();
      await agree(one);
      await agree(other);
      wait();
      expect(await seenBy(table.facilitator)).toMatchObject({
        isEnded: false,
        isSeated: true,
        anew: { state: 'answered', agrees: null },
      });
      expect([await asked(one), await agree(one)]).toEqual([{ state: 'answered', agrees: false }, 409]);
      expect((await tableAs(one)).circles).toHaveLength(3);
    },
  );

  it('until the time is over nobody can tell whether anybody is left, whoever agrees with whom', async () => {
    const look = async (isGone: boolean) => {
      const two = await startPartnership(deps, { circles: 2 });
      const founder = await seatedMember(deps, two.circles[0]!);
      const accomplice = await seatedMember(deps, two.circles[1]!);
      if (isGone) await endSession(deps, founder.session);
      const circle = two.circles[0]!;
      const statuses = [
        await ask(two.facilitator, circle),
        await agree(accomplice, true, circle),
        await ask(two.facilitator, circle),
      ];
      wait(-1);
      const read = async (who: TestPerson) =>
        Table.parse((await server.newDevice().get(`/api/partnerships/${two.id}`, as(who))).body);
      const seen = [];
      for (const who of [two.facilitator, accomplice])
        seen.push((await read(who)).circles.map(({ isSeated, isEnded, anew }) => [isSeated, isEnded, anew]));
      // Whoever is asked about sees it all the time, wherever they are.
      if (!isGone) {
        expect((await read(founder)).circles[0]!.anew).toEqual({ state: 'asked', agrees: null });
        expect(await toldInside(founder)).toBe('us');
      }
      return { statuses, seen };
    };
    const there = await look(false);
    expect(there).toEqual(await look(true));
    expect(there.seen).toEqual([
      [
        [true, false, { state: 'asked', agrees: null }],
        [true, false, null],
      ],
      [
        [true, false, { state: 'asked', agrees: true }],
        [true, false, null],
      ],
    ]);
  });

  it('is answered once a day, and its members see all day that it was asked', async () => {
    const askAgain = () => post(table.facilitator, `/api/circles/${about}/anew`);
    await ask();
    await agree(one);
    await agree(other);
    wait();
    expect(await asked(gone)).toEqual({ state: 'answered', agrees: null });
    expect(await asked(one)).toEqual({ state: 'answered', agrees: false });
    expect([await toldInside(one), await toldInside(gone)]).toEqual([null, null]);
    for (const takesBack of [false, true]) {
      if (takesBack) await takeBack();
      expect(await askAgain()).toMatchObject({ status: 409, body: { code: 'askedToday' } });
    }
    expect(await asked(gone)).toEqual({ state: 'answered', agrees: null });
    const row = () => deps.db('anew_asks').where({ circle_id: about }).first();
    expect(await row()).toEqual({ circle_id: about, looks_from_ms: null, answered_on: deps.clock.today() });
    expect(await deps.db('anew_agreements').where({ about_id: about })).toEqual([]);
    untilTomorrow();
    expect(await asked(gone)).toBeNull();
    expect(await row()).toBeUndefined();
    expect([await ask(), await asked(gone)]).toEqual([204, { state: 'asked', agrees: null }]);
  });

  it('its members are asked too, and say that they are here: the answer is the same', async () => {
    await ask();
    expect([await asked(gone), await toldInside(gone)]).toEqual([{ state: 'asked', agrees: null }, 'us']);
    await agree(one);
    expect([await toldInside(one), await toldInside(other)]).toEqual([null, 'them']);
    expect(await here(gone)).toBe(204);
    expect(await asked(table.facilitator)).toEqual({ state: 'answered', agrees: null });
    for (const who of [one, other]) expect(await asked(who)).toEqual({ state: 'answered', agrees: false });
    expect([await toldInside(gone), await toldInside(other)]).toEqual([null, null]);
    expect(await ask()).toBe(409);
    // Asked on another day, it begins afresh.
    untilTomorrow();
    await ask();
    expect([await asked(one), await agree(other)]).toEqual([{ state: 'asked', agrees: false }, 204]);
    expect(await asked(one)).toEqual({ state: 'asked', agrees: false });
    expect([await here(one), await here(table.facilitator)]).toEqual([404, 404]);
  });

  it('the time begins afresh with the last yes, and with a circle that has sat down since', async () => {
    await endSession(deps, gone.session);
    await ask();
    await agree(one);
    await agree(other);
    wait(-1);
    await agree(one, false);
    wait();
    expect(await asked(one)).toEqual({ state: 'asked', agrees: false });
    await agree(one);
    const fourth = await startFourth();
    wait();
    expect(await ended(one)).toEqual([false, false, false, false]);
    await agree(fourth);
    expect(await ended(one)).toEqual([false, false, false, false]);
    wait();
    expect(await ended(one)).toEqual([true, false, false, false, false]);
  });

  it('no circle sees whether another agrees, and agreeing can be taken back', async () => {
    await endSession(deps, gone.session);
    await ask();
    const before = JSON.stringify([await tableAs(other), await tableAs(table.facilitator)]);
    await agree(one);
    expect(JSON.stringify([await tableAs(other), await tableAs(table.facilitator)])).toBe(before);
    await agree(one, false);
    await agree(other);
    expect(await seenBy(other)).toMatchObject({ isEnded: false, anew: { state: 'asked', agrees: true } });
    await takeBack();
    expect(await agree(one)).toBe(409);
    wait();
    expect((await seenBy(one)).isEnded).toBe(false);
    // Nobody has looked, so it can be asked again; nothing of the first time counts.
    expect([await ask(), await asked(other)]).toEqual([204, { state: 'asked', agrees: false }]);
  });

  it('asking is for whoever leads and for any other circle, whose word it counts as; nobody else may', async () => {
    await endSession(deps, gone.session);
    const elsewhere = await startPartnership(deps);
    const stranger = await seatedMember(deps, elsewhere.circles[0]!);
    const friend = await seatedMember(deps, table.circles[1]!);
    for (const who of [stranger, elsewhere.facilitator]) expect(await ask(who)).toBe(404);
    expect(await ask(other, other.seat.circleId!)).toBe(404);
    for (const who of [stranger, elsewhere.facilitator, table.facilitator])
      expect(await agree(who)).toBe(404);
    expect(await ask(one)).toBe(204);
    expect([await asked(one), await asked(friend), await asked(other)]).toEqual([
      { state: 'asked', agrees: true },
      { state: 'asked', agrees: true },
      { state: 'asked', agrees: false },
    ]);
    await agree(other);
    expect((await seenBy(one)).isEnded).toBe(false);
    wait();
    expect((await seenBy(one)).isEnded).toBe(true);
  });

  it('one circle alone asks and agrees where there is no third, and waits as well', async () => {
    const two = await startPartnership(deps, { circles: 2 });
    const founder = await seatedMember(deps, two.circles[0]!);
    const asker = await seatedMember(deps, two.circles[1]!);
    expect(await ask(asker, two.circles[0]!)).toBe(204);
    expect(await toldInside(founder)).toBe('us');
    const { circles: seen } = Table.parse(
      (await server.newDevice().get(`/api/partnerships/${two.id}`, as(asker))).body,
    );
    expect(seen[0]!.anew).toEqual({ state: 'asked', agrees: true });
  });

  it.each([2, 3])(
    'of a table for %i, one circle is left, and the phone of whoever led lies lost and signed in: no dead end',
    async (circles) => {
      const few = await startPartnership(deps, { circles });
      const founder = await seatedMember(deps, few.circles[0]!);
      const left = await seatedMember(deps, few.circles[1]!);
      await endSession(deps, founder.session);
      const call = `/api/circles/${left.seat.circleId}/facilitator-call`;
      const isComplete = async () =>
        FacilitatorCall.parse((await server.newDevice().get(call, as(left))).body).isComplete;
      await post(left, call, { agrees: true });
      expect(await isComplete()).toBe(false);
      await ask(left, few.circles[0]!);
      wait();
      await server.newDevice().get(`/api/partnerships/${few.id}`, as(left));
      expect(await isComplete()).toBe(true);

      const minted = await post(left, `/api/partnerships/${few.id}/facilitator-codes`, {});
      const leader = server.newDevice();
      const sit = async (device: typeof leader, code: string) => {
        const joined = await device.post('/api/join', {
          body: { code, handle: { picture: 'kite' }, locale: 'en' },
        });
        return joined.body as { seatId: never; state: string };
      };
      const { seatId: seat } = await sit(leader, (minted.body as { code: string }).code);
      const seen = Table.parse((await leader.get(`/api/partnerships/${few.id}`, { seat })).body);
      const code = await leader.post(`/api/circles/${seen.circles.at(-1)!.id}/codes`, {
        seat,
        body: { uses: 1, days: 1 },
      });
      expect((await sit(server.newDevice(), MintedCode.parse(code.body).code)).state).toBe('seated');
      // And from then on that one is asked as well.
      await post(left, call, { agrees: true });
      expect(await isComplete()).toBe(false);
    },
  );

  it('where no other circle was founded, whoever leads is enough, and waits as well', async () => {
    const alone = await startPartnership(deps, { circles: 2 });
    const founder = await seatedMember(deps, alone.circles[0]!);
    await endSession(deps, founder.session);
    expect(await ask(alone.facilitator, alone.circles[0]!)).toBe(204);
    const seen = async () =>
      Table.parse(
        (await server.newDevice().get(`/api/partnerships/${alone.id}`, as(alone.facilitator))).body,
      ).circles.map(({ isEnded, isSeated }) => [isEnded, isSeated]);
    expect(await seen()).toEqual([
      [false, true],
      [false, false],
    ]);
    wait();
    expect(await seen()).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it('two circles that nobody can come back to do not wait for each other', async () => {
    await endSession(deps, gone.session);
    await endSession(deps, other.session);
    await ask();
    await ask(table.facilitator, table.circles[2]!);
    await agree(one);
    wait();
    expect(await ended(one)).toEqual([false, false, false]);
    await agree(one, true, table.circles[2]!);
    wait();
    expect(await ended(one)).toEqual([true, false, true, false, false]);
  });

  it('to be asked about takes no circle’s word away: while it is there, the other does not end without it', async () => {
    await endSession(deps, gone.session);
    await ask();
    await ask(table.facilitator, table.circles[2]!);
    await agree(one);
    await agree(one, true, table.circles[2]!);
    wait();
    // One answer for both: two would tell of the first what the third has not agreed to.
    const seen = (await tableAs(table.facilitator)).circles;
    expect(seen.map(({ isEnded, anew }) => [isEnded, anew?.state])).toEqual([
      [false, 'answered'],
      [false, undefined],
      [false, 'answered'],
    ]);
  });

  it('with a late yes the time begins afresh, so that nobody who kept theirs back chooses the minute', async () => {
    const third = table.circles[2]!;
    await endSession(deps, gone.session);
    await ask();
    await ask(table.facilitator, third);
    // The time runs for the first: whoever is asked about as well is not waited for, but looked at together.
    await agree(one);
    wait();
    expect(await ended(one)).toEqual([false, false, false]);
    await agree(other);
    expect(await ended(one)).toEqual([false, false, false]);
    wait(-1);
    expect(await ended(one)).toEqual([false, false, false]);
    // Said again it is no new word.
    await agree(other);
    deps.clock.advanceMs(1);
    expect(await ended(one)).toEqual([true, false, false, false]);
  });

  it('asking again about a circle is a late yes as well', async () => {
    await endSession(deps, gone.session);
    await ask();
    await ask(table.facilitator, table.circles[2]!);
    await agree(one);
    wait();
    await ask(other);
    expect(await ended(one)).toEqual([false, false, false]);
  });

  it('a circle that is asked about says that it is here, and then the other waits for its word', async () => {
    const third = table.circles[2]!;
    await endSession(deps, gone.session);
    await ask();
    await ask(table.facilitator, third);
    await agree(one);
    await post(other, `/api/circles/${third}/anew/here`);
    wait();
    expect(await asked(other)).toEqual({ state: 'asked', agrees: false });
    await agree(other);
    wait();
    expect(await ended(one)).toEqual([true, false, false, false]);
  });

  it('a place that was promised to an organisation is not given to anybody else', async () => {
    await deps.db('circles').where({ id: about }).update({ is_promised: true });
    await endSession(deps, gone.session);
    await ask();
    await agree(one);
    await agree(other);
    wait();
    expect(await ended(table.facilitator)).toEqual([true, false, false]);
    const body = { uses: 1, days: 1 };
    expect((await post(table.facilitator, `/api/circles/${about}/codes`, body)).status).toBe(404);
  });

  it('one that was never founded, or has ended, is not asked about', async () => {
    const { circles, facilitator } = await startPartnership(deps);
    expect(await ask(facilitator, circles[0]!)).toBe(409);
    await endSession(deps, gone.session);
    await ask();
    await agree(one);
    await agree(other);
    wait();
    expect(await post(facilitator, `/api/circles/${about}/anew`)).toMatchObject({ status: 404 });
    expect(await post(table.facilitator, `/api/circles/${about}/anew`)).toMatchObject({
      status: 409,
      body: { code: 'notNow' },
    });
  });

  it('of two who look at the same time one ends it, and one circle stands in its place', async () => {
    await endSession(deps, gone.session);
    await ask();
    const answers = await Promise.all([agree(one), agree(other), agree(one), agree(other)]);
    expect(answers).toEqual([204, 204, 204, 204]);
    wait();
    await Promise.all([tableAs(one), toldInside(other), tableAs(other), tableAs(table.facilitator)]);
    expect((await tableAs(one)).circles).toHaveLength(4);
  });

  it('ends although a seat is left on a device whose days are over; at other tables nobody looks', async () => {
    const elsewhere = await seatedMember(deps, (await startPartnership(deps)).circles[0]!);
    const stateOf = async ({ seat }: TestPerson) =>
      (await deps.db('seats').where({ id: seat.id }).first()).state as string;
    await deps
      .db('device_sessions')
      .whereIn('id', [gone.session.id, elsewhere.session.id])
      .update({ expires_on: '2026-01-01' });
    await ask();
    await agree(one);
    await agree(other);
    wait();
    expect((await seenBy(one)).isEnded).toBe(true);
    expect([await stateOf(gone), await stateOf(elsewhere)]).toEqual(['left', 'seated']);
  });

  it('where it cannot be looked whether anybody is left, the table is read as before, and it is looked later', async () => {
    await endSession(deps, gone.session);
    await ask();
    await agree(one);
    await agree(other);
    wait();
    const { createKey } = deps.keyring;
    deps.keyring.createKey = () => Promise.reject(new Error('no room for a key'));
    try {
      expect(await seenBy(one)).toMatchObject({ isEnded: false, anew: { state: 'asked' } });
      expect(await toldInside(one)).toBeNull();
    } finally {
      deps.keyring.createKey = createKey;
    }
    expect((await seenBy(one)).isEnded).toBe(true);
  });

  it('waits for somebody who is just being let in: then somebody is left', async () => {
    const guest = await waitingPerson(deps, about);
    await ask();
    await agree(one);
    await agree(other);
    wait();
    let isAnswered = () => {};
    let letGo = () => {};
    const answered = new Promise<void>((resolve) => (isAnswered = resolve));
    const held = new Promise<void>((resolve) => (letGo = resolve));
    // The answer at the door is given and not committed yet.
    const db = new Proxy(deps.db, {
      get: (target, name) =>
        name === 'transaction'
          ? (act: (trx: Knex.Transaction) => Promise<unknown>) =>
              target.transaction(async (trx) => {
                const result = await act(trx);
                isAnswered();
                await held;
                return result;
              })
          : (Reflect.get(target, name) as unknown),
    });
    const circle = await readCircle(deps.db, about);
    const isMany = backend.kind === 'postgres' && (deps.db.client as { pool: { max: number } }).pool.max > 2;
    if (isMany) await endSession(deps, gone.session);
    const door = answerDoor({ ...deps, db }, circle, guest.seat.id, true);
    await answered;
    // With one connection nobody else can be at work meanwhile.
    if (!isMany) letGo();
    const looked = seenBy(one);
    if (isMany) {
      const isWaiting = async () => {
        const { rows } = await deps.db.raw<{ rows: { n: string }[] }>(
          "select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return Number(rows[0]!.n) > 0;
      };
      while (!(await isWaiting())) await new Promise(setImmediate);
      letGo();
    }
    await door;
    expect((await looked).isEnded).toBe(false);
    expect(await seenBy(one)).toMatchObject({ isEnded: false, anew: { state: 'answered' } });
  });

  it('leaves no key behind that protects nothing', async () => {
    const [created, destroyed] = [new Set<string>(), new Set<string>()];
    const { createKey, destroyKey } = deps.keyring;
    deps.keyring.createKey = async () => {
      const key = await createKey.call(deps.keyring);
      created.add(key);
      return key;
    };
    deps.keyring.destroyKey = async (key) => {
      destroyed.add(key);
      return destroyKey.call(deps.keyring, key);
    };
    try {
      await ask();
      await agree(one);
      await agree(other);
      wait();
      expect(await asked(table.facilitator)).toMatchObject({ state: 'answered' });
    } finally {
      Object.assign(deps.keyring, { createKey, destroyKey });
    }
    expect(created.size).toBe(1);
    expect(destroyed).toEqual(created);
  });
});
