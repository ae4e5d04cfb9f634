import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** For "localhost", signed by itself, made for these tests: nobody trusts it and it protects nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUJy16t+e3ks10f73NR2pGJSqe7E0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA5MTI1OVoYDzIxMjYxMDI4
MDkxMjU5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATuT0531nU4eHVlGm/eguLs6cTYJ8H1PeI3FSkotvXRbsyGwfJGdk2j
9A7Bclfu5zCg5wgL4YCjAQUZMOD5XznKo2kwZzAdBgNVHQ4EFgQUvnWsOgiKn9jK
10cFdmpDDH+XkowwHwYDVR0jBBgwFoAUvnWsOgiKn9jK10cFdmpDDH+XkowwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhAKadPCREXEwNiOXAhe8DmABO2MvyCPlFfAAnBql1JpFNAiA+mDLkBn3O
HDMo2KZK+vljZ6EmCGo3g9Kaste+6iWwUg==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJWU564qjdpe6pxCB
Tjneea/mV5ZbqcQF1ZdqXth8GeuhRANCAATuT0531nU4eHVlGm/eguLs6cTYJ8H1
PeI3FSkotvXRbsyGwfJGdk2j9A7Bclfu5zCg5wgL4YCjAQUZMOD5XznK
-----END PRIVATE KEY-----`;

export interface ExitSite {
  readonly url: string;
  readonly origin: string;
  /** What browsers have asked it for, with everything that they told it. */
  readonly asked: { path: string; headers: string }[];
  close(): Promise<void>;
}

/** A harmless site to leave to, since the machine may have no internet. Open it with `ignoreHTTPSErrors`. */
export async function startExitSite(): Promise<ExitSite> {
  const asked: ExitSite['asked'] = [];
  const server = https.createServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
    asked.push({ path: request.url ?? '', headers: JSON.stringify(request.headers) });
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,"><title>Weather</title><h1>Sunny</h1>');
  });
  server.listen(0);
  await once(server, 'listening');
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/weather`,
    origin,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
