import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SeatId } from '@longtable/shared/ids';
import { Me } from '@longtable/shared/protocol/http/people';
import { StartedPartnership } from '@longtable/shared/protocol/http/partnerships';
import { readEnv } from '../../env.ts';
import type { BusMessage } from '../../platform/bus.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { sessionFromCookieHeader } from './people.service.ts';
import { clearedCookie, readSessionToken, sessionCookie } from './session-cookie.ts';

const DAY_MS = 86_400_000;
const leaving = { headers: { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' } };

describeEachBackend('people', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let device: Device;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    device = server.newDevice();
  });

  const start = async (by: Device) => {
    const body = {
      title: 'A table',
      template: 'full',
      locales: ['en'],
      circles: 1,
      handle: { picture: 'boat', name: 'Rain' },
    };
    return StartedPartnership.parse((await by.post('/api/partnerships', { body })).body);
  };
  const me = async (by: Device) => Me.parse((await by.get('/api/me')).body);
  const cookieOf = (by: Device) => [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  it('a device without a session holds no seats, and gets no cookie for asking', async () => {
    expect(await me(device)).toEqual({
      seats: [],
      phone: 'own',
      exitUrl: 'https://www.bbc.com/weather',
      operator: null,
    });
    expect(device.cookies.size).toBe(0);
  });

  it('one device may hold several seats, in one session', async () => {
    const [first, second] = [await start(device), await start(device)];
    expect(device.cookies.size).toBe(1);
    const { seats } = await me(device);
    expect(seats.map((seat) => seat.seatId).sort()).toEqual([first.seatId, second.seatId].sort());
    expect(seats[0]).toMatchObject({
      role: 'facilitator',
      state: 'seated',
      circleId: null,
      handle: { picture: 'boat', name: 'Rain' },
    });
  });

  it('stores neither the token nor the name in clear', async () => {
    await start(device);
    const token = device.cookies.get('lt')!;
    const sessions = await deps.db('device_sessions');
    expect(sessions.some((row) => row.token_hash.includes(Buffer.from(token)))).toBe(false);
    const handles: Buffer[] = await deps.db('seats').pluck('handle_sealed');
    expect(handles.length).toBeGreaterThan(0);
    expect(handles.some((handle) => handle.includes('Rain'))).toBe(false);
  });

  it('a cookie is not enough to be another device: made-up tokens are strangers', async () => {
    for (const cookie of ['lt=', 'lt=short', `lt=${'A'.repeat(43)}`, 'other=x', '%%%']) {
      expect(await sessionFromCookieHeader(deps, cookie)).toBeNull();
    }
  });

  it('another device cannot speak for a seat, and learns nothing of it', async () => {
    const { partnershipId, seatId } = await start(device);
    const stranger = server.newDevice();
    const path = `/api/partnerships/${partnershipId}`;
    expect(await stranger.get(path, { seat: seatId })).toMatchObject({
      status: 401,
      body: { code: 'signedOut' },
    });
    await start(stranger);
    const notTheirs = await stranger.get(path, { seat: seatId });
    const notThere = await stranger.get(path, { seat: '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01' as SeatId });
    expect(notTheirs).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect(notThere.body).toEqual(notTheirs.body);
    expect((await device.get(path)).body).toEqual({ code: 'badRequest', fields: ['longtable-seat'] });
    expect((await device.get(path, { seat: seatId })).status).toBe(200);
  });

  it('a session ends by itself after its days', async () => {
    await start(device);
    const cookie = cookieOf(device);
    deps.clock.advanceMs(30 * DAY_MS);
    expect(await sessionFromCookieHeader(deps, cookie)).not.toBeNull();
    deps.clock.advanceMs(DAY_MS);
    expect(await sessionFromCookieHeader(deps, cookie)).toBeNull();
  });

  it('leaving quickly ends the session, clears the device, tells its sockets, and goes on to the plain site', async () => {
    const { seatId } = await start(device);
    const cookie = cookieOf(device);
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    const answer = await device.get('/x', leaving);
    stop();
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('https://www.bbc.com/weather');
    expect(answer.headers['clear-site-data']).toBe('"cache", "cookies", "storage"');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(device.cookies.size).toBe(0);
    expect(await sessionFromCookieHeader(deps, cookie)).toBeNull();
    expect(heard).toEqual([{ kind: 'kick', seatId }]);
    expect(await deps.db('seats').where({ id: seatId }).first('session_id', 'state')).toEqual({
      session_id: null,
      state: 'left',
    });
  });

  it('leaving works typed, without a session too', async () => {
    const typed = { headers: { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' } };
    expect((await device.get('/x', typed)).status).toBe(303);
  });

  it.each([
    ['a foreign page’s image', { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
    ['a foreign page’s link', { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring site’s link', { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-site' }],
    ['a frame', { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-origin' }],
    ['a script', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }],
    ['a link preview', {}],
  ])('%s on /x gets nothing and does nothing', async (_who, headers) => {
    await start(device);
    const answer = await device.get('/x', { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['clear-site-data']).toBeUndefined();
    expect((await me(device)).seats).toHaveLength(1);
  });

  it('asking whether the server is there ends the session, so that one answer is enough', async () => {
    await start(device);
    const stolen = device.cookies.get('lt');
    expect((await device.post('/api/leave')).status).toBe(204);
    expect((await me(device)).seats).toHaveLength(0);
    device.cookies.set('lt', stolen ?? '');
    expect((await me(device)).seats).toHaveLength(0);
  });

  it('works in browsers that do not say where a request comes from, and lets no foreign image sign anyone out', async () => {
    await start(device);
    const asPage = { accept: 'text/html,application/xhtml+xml' };
    const image = await device.get('/x', { headers: { accept: 'image/png' } });
    expect([image.status, image.headers['set-cookie']]).toEqual([204, undefined]);
    const foreign = await device.get('/x', {
      headers: { ...asPage, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
    });
    expect(foreign.status).toBe(204);
    expect((await me(device)).seats).toHaveLength(1);
    const left = await device.get('/x', { headers: asPage });
    expect([left.status, left.headers['location']]).toEqual([303, deps.env.exitUrl]);
    expect(left.headers['clear-site-data']).toContain('storage');
    expect((await me(device)).seats).toHaveLength(0);
    const stranger = await device.get('/x', { headers: asPage });
    expect([stranger.status, stranger.headers['clear-site-data']]).toEqual([303, undefined]);
  });
});

describe('the session cookie', () => {
  const token = 'A'.repeat(43);
  const [local, real] = [readEnv({}), readEnv({ PUBLIC_URL: 'https://table.example.org' })];

  it('is locked to this site, out of reach of scripts, and gone with the browser', () => {
    expect(sessionCookie(local, token)).toBe(`lt=${token}; Path=/; HttpOnly; SameSite=Strict`);
    expect(sessionCookie(real, token)).toBe(`__Host-lt=${token}; Path=/; HttpOnly; Secure; SameSite=Strict`);
    expect(clearedCookie(real, 'lt')).toBe(
      '__Host-lt=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('over https only the locked name counts', () => {
    expect(readSessionToken(real, `lt=${token}`)).toBeNull();
    expect(readSessionToken(real, `x=1; __Host-lt=${token}`)).toBe(token);
    expect(readSessionToken(local, `lt=${token}`)).toBe(token);
    expect(readSessionToken(local, undefined)).toBeNull();
  });
});
