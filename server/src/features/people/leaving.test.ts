import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { CircleInside } from '@longtable/shared/protocol/http/circles';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { BusMessage } from '../../platform/bus.ts';
import { createMigrationSource } from '../../platform/migration-source.ts';
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
import { endExpiredSessionsAt, endSession } from './leaving.service.ts';
import { comeBack, makeWayBack } from './returns.service.ts';

describeEachBackend('a seat that nobody can reach', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let table: TestPartnership;
  let circle: CircleId;
  let member: TestPerson;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    table = await startPartnership(deps);
    circle = table.circles[0]!;
    member = await seatedMember(deps, circle, { picture: 'kite', name: 'Rain' });
  });

  const rowOf = ({ seat }: TestPerson) => deps.db('seats').where({ id: seat.id }).first();
  const stateOf = async (who: TestPerson) => (await rowOf(who))?.state as string | undefined;
  const card = ({ seat }: TestPerson) => makeWayBack(deps, seat, { kind: 'card', locale: 'en' });
  const get = (path: string, { cookie, seat }: TestPerson) =>
    server.newDevice().get(path, { seat: seat.id, headers: { cookie } });
  const tableAs = async (who: TestPerson) =>
    Table.parse((await get(`/api/partnerships/${table.id}`, who)).body);
  const insideAs = async (who: TestPerson) =>
    CircleInside.parse((await get(`/api/circles/${circle}`, who)).body);
  const hearing = async (act: () => Promise<unknown>): Promise<BusMessage[]> => {
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    await act();
    stop();
    return heard;
  };

  it('is found where it lost its device before that was a rule, and one with a way back stays', async () => {
    const [cardHolder, waiting] = [await seatedMember(deps, circle), await waitingPerson(deps, circle)];
    await card(cardHolder);
    for (const { session } of [member, cardHolder, waiting])
      await deps.db('device_sessions').where({ id: session.id }).delete();
    const migration = await createMigrationSource().getMigration('20261122094140_leave_unreachable_seats');
    await migration.up(deps.db);
    expect(await Promise.all([member, cardHolder, waiting].map(stateOf))).toEqual([
      'left',
      'seated',
      undefined,
    ]);
    expect((await rowOf(member))?.handle_sealed).toHaveLength(0);
    expect(await deps.db('grants').where({ seat_id: member.seat.id, is_revoked: false })).toEqual([]);
    expect(await deps.db('grants').where({ seat_id: cardHolder.seat.id, is_revoked: false })).not.toEqual([]);
  });

  it('has been left once its device leaves: it writes nothing any more, and what it was called is gone', async () => {
    await endSession(deps, member.session);
    const { state, session_id, handle_sealed } = await rowOf(member);
    expect([state, session_id, handle_sealed.length]).toEqual(['left', null, 0]);
    expect(await deps.db('grants').where({ seat_id: member.seat.id, is_revoked: false })).toEqual([]);
  });

  it('is none as long as a card or words bring it back', async () => {
    const { text } = await card(member);
    await endSession(deps, member.session);
    expect(await stateOf(member)).toBe('seated');
    const other = await seatedMember(deps, table.circles[1]!);
    expect((await comeBack(deps, text, async () => other.session)).seatId).toBe(member.seat.id);
  });

  it('is no ghost at the door: whoever waited there is gone, and the bell hears of it', async () => {
    const guest = await waitingPerson(deps, circle);
    const heard = await hearing(() => endSession(deps, guest.session));
    expect(await rowOf(guest)).toBeUndefined();
    expect((await insideAs(member)).door).toEqual([]);
    expect(heard).toEqual([
      { kind: 'kick', seatId: guest.seat.id },
      { kind: 'door', circleId: circle },
    ]);
  });

  it('on a shared phone is told apart from the others’, by what each of them has to come back with', async () => {
    const phone = server.newDevice();
    phone.cookies.set('lt', member.cookie.split('=')[1]!);
    await card(member);
    await phone.post('/api/phone/pin', { body: { pin: '4931' } });
    await phone.post('/api/phone/someone', { body: { pin: '80267' } });
    const second = await waitingPerson(deps, circle);
    await deps
      .db('seats')
      .where({ id: second.seat.id })
      .update({ state: 'seated', session_id: member.session.id });
    await phone.post('/api/leave');
    expect([await stateOf(member), await stateOf(second)]).toEqual(['seated', 'left']);
  });

  it('shows to nobody outside: no event, and the table as it was, to other circles and to facilitators', async () => {
    const outside = [await seatedMember(deps, table.circles[1]!), table.facilitator];
    const before = await Promise.all(outside.map(tableAs));
    const heard = await hearing(() => endSession(deps, member.session));
    expect(heard).toEqual([{ kind: 'kick', seatId: member.seat.id }]);
    expect(await Promise.all(outside.map(tableAs))).toEqual(before);
    expect(before[0]!.circles[0]).toMatchObject({ id: circle, isSeated: true });
    // Nor can a round be begun to find out: its circle is asked as before.
    const { cookie, seat } = table.facilitator;
    const opened = await server.newDevice().post(`/api/documents/${table.documents.plan}/rounds`, {
      seat: seat.id,
      headers: { cookie },
      body: { sections: ['what-we-will-do'] },
    });
    const { roundId } = opened.body as { roundId: string };
    const round = JSON.stringify((await get(`/api/rounds/${roundId}`, table.facilitator)).body);
    expect(round).toContain(circle);
  });

  const until = async (isSo: () => Promise<boolean>) => {
    while (!(await isSo())) await new Promise(setImmediate);
  };
  const sessionOf = ({ session }: TestPerson) => deps.db('device_sessions').where({ id: session.id }).first();
  const endDaysOf = (...sessions: string[]) =>
    deps
      .db('device_sessions')
      .whereIn('id', sessions)
      .update({ created_on: '2025-01-01', expires_on: '2025-01-31' });

  it('is found when its device’s days are over, by whoever comes next', async () => {
    const guest = await waitingPerson(deps, circle);
    await endDaysOf(member.session.id, guest.session.id);
    await server.newDevice().post('/api/device');
    await until(async () => (await stateOf(member)) === 'left' && (await rowOf(guest)) === undefined);
  });

  it('devices with nothing on them go together, however many: whoever comes next waits for none', async () => {
    const id = Array.from({ length: 150 }, () => randomUUID());
    await deps.db('device_sessions').insert(
      id.map((each) => ({
        id: each,
        token_hash: Buffer.from(each),
        created_on: '2025-01-01',
        expires_on: '2025-01-02',
      })),
    );
    const said: string[] = [];
    const hear = ({ sql }: { sql: string }) => said.push(sql);
    deps.db.on('query', hear);
    await server.newDevice().post('/api/device');
    await until(async () => (await deps.db('device_sessions').whereIn('id', id)).length === 0);
    deps.db.removeListener('query', hear);
    expect(said.filter((sql) => /^delete from "device_sessions"/.test(sql))).toHaveLength(1);
  });

  it('one that cannot be ended refuses nobody a device, and keeps no other from ending', async () => {
    const other = await seatedMember(deps, table.circles[1]!);
    const sessions = [member.session.id, other.session.id].sort();
    await endDaysOf(...sessions);
    await deps.db.raw(`
      create function keep() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger keep before delete on device_sessions
        for each row when (old.id = '${sessions[0]}') execute function keep();
    `);
    try {
      expect((await server.newDevice().post('/api/device')).status).toBe(204);
      const [stays, ends] = member.session.id === sessions[0] ? [member, other] : [other, member];
      await until(async () => (await stateOf(ends)) === 'left');
      expect([await stateOf(stays), (await sessionOf(stays)) !== undefined]).toEqual(['seated', true]);
    } finally {
      await deps.db.raw('drop trigger keep on device_sessions; drop function keep();');
    }
  });

  it('a device to which something comes at midnight, whose days begin afresh with it, keeps its seats', async () => {
    await endDaysOf(member.session.id);
    // Found to be over, and then somebody is quicker.
    const db = new Proxy(deps.db, {
      get: (target, name) =>
        name === 'transaction'
          ? async (act: never) => {
              await target('device_sessions')
                .where({ id: member.session.id })
                .update({ expires_on: deps.clock.today() });
              return target.transaction(act);
            }
          : (Reflect.get(target, name) as unknown),
    });
    await endExpiredSessionsAt({ ...deps, db }, table.id);
    expect(await stateOf(member)).toBe('seated');
    expect(await sessionOf(member)).toBeDefined();
  });

  const leave = ({ cookie, seat }: TestPerson) =>
    server.newDevice().delete('/api/seat', { seat: seat.id, headers: { cookie } });

  it('may also be left on purpose, and then no card brings it back', async () => {
    const other = await seatedMember(deps, circle);
    const { text } = await card(other);
    const heard = await hearing(() => leave(other));
    expect(heard).toEqual([{ kind: 'kick', seatId: other.seat.id }]);
    expect(await stateOf(other)).toBe('left');
    expect((await get(`/api/circles/${circle}`, other)).status).toBe(404);
    await expect(comeBack(deps, text, async () => member.session)).rejects.toMatchObject({
      code: 'codeUnknown',
    });
    expect((await insideAs(member)).members.map(({ seatId }) => seatId)).toEqual([member.seat.id]);
    expect(await deps.db('ways_back').where({ seat_id: other.seat.id })).toEqual([]);
    expect((await leave(table.facilitator)).status).toBe(404);
    expect(await stateOf(table.facilitator)).toBe('seated');
  });

  it('keeps no circle from agreeing: only those who sit there are waited for', async () => {
    const other = await seatedMember(deps, circle);
    const as = ({ cookie, seat }: TestPerson, body: object) => ({
      seat: seat.id,
      headers: { cookie },
      body,
    });
    const device = server.newDevice();
    await device.post(`/api/circles/${circle}/rule`, as(member, { rule: 'allAgree', isReleased: false }));
    const { facilitator, documents } = table;
    const section = 'what-we-will-do';
    const opened = await device.post(
      `/api/documents/${documents.plan}/rounds`,
      as(facilitator, { sections: [section] }),
    );
    const { roundId } = opened.body as { roundId: string };
    await device.post(`/api/rounds/${roundId}/phase`, as(facilitator, { phase: 'object' }));
    const answer = () =>
      device.post(
        `/api/rounds/${roundId}/sections/${section}/answer`,
        as(member, { version: 1, position: 'objection', reason: 'not yet' }),
      );
    const counted = async () =>
      RoundView.parse((await get(`/api/rounds/${roundId}`, member)).body).sections[0]!.own?.position;
    await answer();
    const before = await counted();
    await leave(other);
    await answer();
    expect([before, await counted()]).toEqual([null, 'objection']);
  });
});
