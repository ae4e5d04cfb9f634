import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { SeatId } from '@longtable/shared/ids';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import { parse } from 'cookie';
import { createApp } from '../app.ts';
import type { Deps } from '../platform/deps.ts';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  bytes: Buffer;
  /** The body as JSON; undefined where it is none. */
  body: unknown;
}

export interface CallOptions {
  seat?: SeatId;
  /** Sent as JSON; a string goes as it is. */
  body?: unknown;
  /** Added to, or where undefined taken from, what a page of ours would send. */
  headers?: Record<string, string | undefined>;
}

/** One browser with its cookies. Sends what a page of this server sends, unless told otherwise. */
export interface Device {
  readonly cookies: Map<string, string>;
  get(path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, options?: CallOptions): Promise<Answer>;
  patch(path: string, options?: CallOptions): Promise<Answer>;
  delete(path: string, options?: CallOptions): Promise<Answer>;
}

export interface TestServer {
  newDevice(): Device;
  close(): Promise<void>;
}

export async function startTestServer(
  deps: Deps,
  options: { clientFolder?: string } = {},
): Promise<TestServer> {
  const server = http.createServer(createApp(deps, options));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    newDevice: () => newDevice(port, deps.env.publicUrl),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function newDevice(port: number, origin: string): Device {
  const cookies = new Map<string, string>();
  const call = async (
    method: string,
    path: string,
    { seat, body, headers = {} }: CallOptions = {},
  ): Promise<Answer> => {
    const sent: Record<string, string | undefined> = {
      origin: method === 'GET' ? undefined : origin,
      'content-type': body === undefined ? undefined : 'application/json',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') || undefined,
      [SEAT_HEADER]: seat,
      ...headers,
    };
    const answer = await send({ port, method, path, headers: withoutBlanks(sent) }, body);
    for (const line of answer.headers['set-cookie'] ?? []) keep(cookies, line);
    return answer;
  };
  return {
    cookies,
    get: (path, options) => call('GET', path, options),
    // As our page does: the device has a session before it spends a code.
    post: async (path, options) => {
      if (path === '/api/join')
        await call('POST', '/api/device', { headers: pick(options?.headers, 'cookie') });
      return call('POST', path, options);
    },
    patch: (path, options) => call('PATCH', path, options),
    delete: (path, options) => call('DELETE', path, options),
  };
}

async function send(options: http.RequestOptions, body: unknown): Promise<Answer> {
  const request = http.request({ host: '127.0.0.1', agent: false, ...options });
  request.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const isJson = response.headers['content-type']?.startsWith('application/json');
  return {
    status: response.statusCode!,
    headers: response.headers,
    bytes,
    body: isJson ? (JSON.parse(bytes.toString()) as unknown) : undefined,
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [name, value] = Object.entries(parse(line.split(';')[0]!))[0]!;
  if (/max-age=0/i.test(line)) cookies.delete(name);
  else cookies.set(name, value!);
}

const pick = (headers: CallOptions['headers'], name: string): Record<string, string> => {
  const value = headers?.[name];
  return value === undefined ? {} : { [name]: value };
};

const withoutBlanks = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
