import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_BODY_BYTES } from '@longtable/shared/limits';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from './app.ts';
import { readEnv } from './env.ts';
import { createLogger } from './platform/logger.ts';
import { describeEachBackend } from './testing/backends.ts';
import { type Device, type TestServer, startTestServer } from './testing/http-client.ts';
import { createTestDeps } from './testing/test-deps.ts';

const start = {
  title: 'A table',
  template: 'full',
  locales: ['en'],
  circles: 2,
  handle: { picture: 'kite' },
};

describeEachBackend('the server', (backend) => {
  let server: TestServer;
  let device: Device;
  beforeAll(async () => {
    server = await startTestServer(createTestDeps(backend.db));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    device = server.newDevice();
  });

  it('is alive and ready', async () => {
    expect((await device.get('/healthz')).status).toBe(200);
    expect((await device.get('/readyz')).status).toBe(200);
  });

  it('tells strangers nothing about itself and caches nothing', async () => {
    const { headers } = await device.get('/api/me');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.etag).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('notifications=(), push=()');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each([
    ['a foreign origin', { origin: 'https://elsewhere.example' }],
    ['no origin', { origin: undefined }],
    ['no origin, from a neighbouring site', { origin: undefined, 'sec-fetch-site': 'same-site' }],
    ['an opaque origin', { origin: 'null' }],
  ])('changes nothing for a request with %s', async (_name, headers) => {
    const answer = await device.post('/api/partnerships', { body: start, headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'badRequest', fields: ['origin'] } });
    expect(device.cookies.size).toBe(0);
  });

  it.each([
    ['its own origin', {}],
    ['the browser’s word that the page is ours', { origin: undefined, 'sec-fetch-site': 'same-origin' }],
    ['another name of this computer', { origin: 'http://127.0.0.1:3000' }],
  ])('takes a request with %s', async (_name, headers) => {
    expect((await device.post('/api/leave', { headers })).status).toBe(204);
  });

  it('refuses JSON that is none, too large, or of another shape, each with its code', async () => {
    expect((await device.post('/api/partnerships', { body: '{"title":' })).body).toEqual({
      code: 'badRequest',
    });
    const large = { ...start, title: 'x'.repeat(MAX_BODY_BYTES) };
    expect(await device.post('/api/partnerships', { body: large })).toMatchObject({
      status: 413,
      body: { code: 'tooLarge' },
    });
    const wrong = { ...start, circles: 0, handle: { picture: 'face' } };
    expect(await device.post('/api/partnerships', { body: wrong })).toMatchObject({
      status: 400,
      body: { code: 'badRequest', fields: ['circles', 'handle.picture'] },
    });
    const asForm = { body: 'title=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await device.post('/api/partnerships', asForm)).body).toMatchObject({ code: 'badRequest' });
  });

  it('answers unknown addresses of the interface in its own way', async () => {
    expect(await device.get('/api/nothing')).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect(await device.get('/api/circles/%ff')).toMatchObject({ status: 400, body: { code: 'badRequest' } });
  });
});

describeEachBackend('a database that went away', (backend) => {
  it('leaves the process alive, says unavailable, and lets people leave quickly all the same', async () => {
    const server = await startTestServer(createTestDeps(backend.db));
    const device = server.newDevice();
    await device.post('/api/partnerships', { body: start });
    await backend.lose();
    expect(await device.get('/api/me')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await device.post('/api/partnerships', { body: start })).toMatchObject({ status: 503 });
    expect((await device.get('/readyz')).status).toBe(503);
    expect((await device.get('/healthz')).status).toBe(200);
    const left = await device.get('/x', {
      headers: { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' },
    });
    expect(left.status).toBe(303);
    expect(device.cookies.size).toBe(0);
    await server.close();
  });
});

describeEachBackend('a database that goes away and comes back', (backend) => {
  it('is noticed, and found again without a restart', async () => {
    if (backend.kind === 'pglite') return;
    const server = await startTestServer(createTestDeps(backend.db));
    const device = server.newDevice();
    expect((await device.post('/api/partnerships', { body: start })).status).toBe(200);
    const restore = await backend.interrupt();
    for (let asked = 0; asked < 12; asked += 1) {
      expect(await device.get('/api/me')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    }
    expect((await device.get('/readyz')).status).toBe(503);
    await restore();
    expect((await device.get('/readyz')).status).toBe(200);
    expect(await device.get('/api/me')).toMatchObject({
      status: 200,
      body: { seats: [{ role: 'facilitator' }] },
    });
    await server.close();
  });
});

describe('pages', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'longtable-pages-'));
  let server: TestServer;
  const page = { headers: { accept: 'text/html,*/*' } };
  beforeAll(async () => {
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html>page');
    writeFileSync(path.join(folder, 'assets/main-abc123.js'), 'plain');
    writeFileSync(path.join(folder, 'assets/main-abc123.js.br'), 'pressed');
    server = await startTestServer(createTestDeps(null as never), { clientFolder: folder });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it.each(['/', '/index.html', '/table/some-id', '/join'])(
    'gives its one page for %s and lets nobody keep it',
    async (where) => {
      const answer = await server.newDevice().get(where, page);
      expect(answer.bytes.toString()).toBe('<!doctype html>page');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers.etag).toBeUndefined();
    },
  );

  it('gives hashed files for good, pressed where the browser takes that', async () => {
    const plain = await server.newDevice().get('/assets/main-abc123.js');
    expect(plain.bytes.toString()).toBe('plain');
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const pressed = await server
      .newDevice()
      .get('/assets/main-abc123.js', { headers: { 'accept-encoding': 'br' } });
    expect(pressed.bytes.toString()).toBe('pressed');
    expect(pressed.headers['content-encoding']).toBe('br');
  });

  it('never gives the page in place of a file or an interface that is not there', async () => {
    expect((await server.newDevice().get('/assets/gone.js', page)).status).toBe(404);
    expect((await server.newDevice().get('/api/gone', page)).status).toBe(404);
    expect((await server.newDevice().get('/%2e%2e/package.json')).bytes.toString()).not.toContain('"name"');
    expect((await server.newDevice().get('/gone.png', { headers: { accept: 'image/png' } })).status).toBe(
      404,
    );
  });

  it('says so where they are not built', async () => {
    const unbuilt = await startTestServer(createTestDeps(null as never), {
      clientFolder: path.join(folder, 'none'),
    });
    const answer = await unbuilt.newDevice().get('/', page);
    expect(answer.status).toBe(503);
    expect(answer.bytes.toString()).toContain('npm run build');
    await unbuilt.close();
  });
});

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

describe('the description of the interface', () => {
  it('lists every route there is', async () => {
    const deps = createTestDeps(null as never);
    const app = createApp(deps) as unknown as { router: { stack: Layer[] } };
    const routes = app.router.stack
      .flatMap(({ route }) =>
        route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
      )
      .filter((route) => route.includes(' /api/') && !route.endsWith('/api/openapi.json'));
    const server = await startTestServer(deps);
    const { body } = await server.newDevice().get('/api/openapi.json');
    await server.close();
    const { openapi, paths } = body as { openapi: string; paths: Record<string, object> };
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([where, methods]) =>
      Object.keys(methods).map((method) => `${method} ${where.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.sort()).toEqual(routes.sort());
    expect(described.length).toBeGreaterThan(10);
  });
});

describe('the request log', () => {
  it('has method, route pattern, status and milliseconds, and nothing of the request itself', async () => {
    const lines: string[] = [];
    const logger = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
    const env = readEnv({});
    const server = await startTestServer(createTestDeps(null as never, { logger, env }));
    const id = '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01';
    await server.newDevice().get(`/api/circles/${id}`, { headers: { cookie: 'lt=secret-cookie' } });
    await server.close();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 30,
      time: expect.any(Number),
      method: 'GET',
      route: '/api/circles/:circleId',
      status: 401,
      ms: expect.any(Number),
      msg: 'request',
    });
  });
});
