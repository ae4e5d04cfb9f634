import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { hasCaddy, type RunningProxy, startProxy } from './support/proxy.ts';
import { freePort, type RunningServer, startServer } from './support/server.ts';

/** deploy/Caddyfile, the proxy of docker-compose.yml, run as it is in front of a real server. */
test.describe('behind the TLS proxy', () => {
  test.skip(!hasCaddy(), 'needs caddy');

  let server: RunningServer;
  let proxy: RunningProxy;

  test.beforeAll(async () => {
    const port = await freePort();
    server = await startServer({ env: { PUBLIC_URL: `https://localhost:${port}` } });
    proxy = await startProxy(port, server.port);
  });

  test.afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });

  test('a browser opens the first page over https', async ({ browser }) => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const answer = await page.goto(proxy.url);
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()).not.toHaveProperty('server');
    await expect(page.locator('h1')).toBeVisible();
    await context.close();
  });

  test('a WebSocket passes through, under a certificate that its own authority signed', async () => {
    const request = https.request(`${proxy.url}/socket.io/?EIO=4&transport=websocket`, {
      ca: proxy.ca,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        Origin: proxy.url,
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': Buffer.alloc(16, 7).toString('base64'),
      },
    });
    request.end();
    const [answer, socket, head] = (await once(request, 'upgrade')) as [IncomingMessage, Socket, Buffer];
    expect(answer.statusCode).toBe(101);
    // Engine.io opens with `0{"sid":…}`, in one unmasked text frame.
    const frame = head.length > 0 ? head : ((await once(socket, 'data')) as [Buffer])[0];
    expect(frame.toString('latin1')).toContain('0{"sid"');
    socket.destroy();
  });

  test('its health check answers, and it writes down nobody’s address', async () => {
    expect((await fetch(proxy.healthUrl)).status).toBe(200);
    expect(proxy.logs()).not.toContain('remote_ip');
  });
});
