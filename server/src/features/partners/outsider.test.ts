import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeEachBackend } from '../../testing/backends.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { partnerCalls, statement } from '../../testing/partners.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

const SLOW_MS = 30_000;

describeEachBackend('an organisation that waits for its seat', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let sockets: TestSockets;

  beforeAll(async () => {
    sockets = await startTestSockets(createTestDeps(backend.db));
    deps = sockets.deps;
    server = await startTestServer(deps);
  });
  afterAll(async () => {
    await sockets.close();
    await server.close();
  });

  /** A table with words and a round, and an organisation that has asked for a seat. */
  const setTable = async () => {
    const base = await setRoundTable(deps, server, 2);
    await base.write(base.members[0]!, 'why', 'CanaryWords');
    await server.newDevice().patch(`/api/circles/${base.table.circles[0]}`, {
      seat: base.members[0]!.seat.id,
      headers: { cookie: base.members[0]!.cookie },
      body: { name: 'CanaryName' },
    });
    const round = await base.open(['who-is-at-risk']);
    const calls = partnerCalls(server, base.table.id);
    const device = server.newDevice();
    const { partnerId, code } = (await calls.invite(base.facilitator)).body as {
      partnerId: string;
      code: string;
    };
    await calls.send(device, code);
    const { paths } = (await device.get('/api/openapi.json')).body as {
      paths: Record<string, Record<string, unknown>>;
    };
    const fill = (path: string) =>
      path
        .replace('{partnershipId}', base.table.id)
        .replace('{documentId}', base.documentId)
        .replace('{circleId}', base.table.circles[0]!)
        .replace('{roundId}', round)
        .replace('{partnerId}', partnerId)
        .replace('{section}', 'why')
        .replace(/\/export$/, '/export?format=md');
    const gets = Object.keys(paths).flatMap((path) => ('get' in paths[path]! ? [fill(path)] : []));
    return { ...base, ...calls, device, partnerId, gets };
  };

  const connects = async (device: Device, seat: string) => {
    const cookie = [...device.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return (await sockets.refusal(sockets.connect({ seat, cookie }))) === 'connected';
  };

  it(
    'sees nothing of the table by any page or export, whichever seat it names',
    async () => {
      const { device, gets, members, facilitator, table } = await setTable();
      const open = ['/api/me', '/api/askings', '/api/openapi.json'];
      expect(gets.length).toBeGreaterThan(10);
      for (const path of gets) {
        for (const seat of [undefined, members[0]!.seat.id, facilitator.seat.id]) {
          const { status, bytes } = await device.get(path, seat ? { seat } : {});
          const text = bytes.toString();
          if (!open.includes(path)) expect([path, [400, 401, 404].includes(status)]).toEqual([path, true]);
          expect([path, /Canary(Words|Name)/.test(text)]).toEqual([path, false]);
          if (path !== '/api/openapi.json')
            for (const id of [table.id, ...table.circles, members[0]!.seat.id])
              expect([path, text.includes(id)]).toEqual([path, false]);
        }
      }
    },
    SLOW_MS,
  );

  it('has no socket, whichever seat it names', async () => {
    const { device, members, facilitator, partnerId } = await setTable();
    for (const seat of [members[0]!.seat.id, facilitator.seat.id, partnerId])
      expect(await connects(device, seat)).toBe(false);
  });

  it('reads of itself what it said, and not who has answered', async () => {
    const { device, members, answer, partnerId } = await setTable();
    const before = (await device.get('/api/askings')).body;
    expect(before).toEqual({
      askings: [{ partnerId, name: 'The clinic', locale: 'ar', state: 'asking', statement }],
    });
    await answer(members[0]!, partnerId, 'notYet', 'CanaryReason');
    expect((await device.get('/api/askings')).body).toEqual(before);
  });
});
