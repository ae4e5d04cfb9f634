import { parse, serialize } from 'cookie';
import type { Env } from '../../env.ts';

const isSecure = (env: Pick<Env, 'publicUrl'>) => env.publicUrl.startsWith('https:');

/** The prefix makes browsers insist on Secure and no Domain, so no neighbouring host can plant one. */
const nameFor = (env: Pick<Env, 'publicUrl'>, name: string) => (isSecure(env) ? `__Host-${name}` : name);

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function readSessionToken(
  env: Pick<Env, 'publicUrl'>,
  cookieHeader: string | undefined,
): string | null {
  const token = readCookie(env, 'lt', cookieHeader);
  return token && TOKEN.test(token) ? token : null;
}

export const readCookie = (
  env: Pick<Env, 'publicUrl'>,
  name: string,
  header: string | undefined,
): string | undefined => (header === undefined ? undefined : parse(header)[nameFor(env, name)]);

/** No Max-Age: a shared device is the rule, and closing its browser signs out. */
export const writeCookie = (env: Pick<Env, 'publicUrl'>, name: string, value: string): string =>
  serialize(nameFor(env, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(env),
  });

export const sessionCookie = (env: Pick<Env, 'publicUrl'>, token: string): string =>
  writeCookie(env, 'lt', token);

/** Changing an HttpOnly cookie also makes browsers drop pages that they keep for Back. */
export const clearedCookie = (env: Pick<Env, 'publicUrl'>, name: string): string =>
  serialize(nameFor(env, name), '', {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(env),
    maxAge: 0,
  });
