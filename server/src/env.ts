import { realpathSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Everything that a host admin can set. This file is the only reader of process.env. */
export interface Env {
  port: number;
  dataDir: string;
  keysDir: string;
  /** PostgreSQL; without it the embedded database in `dataDir` is used. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  keysDatabaseUrl: string | undefined;
  /** Where people reach this server, without a slash at the end. */
  publicUrl: string;
  exitUrl: string;
  operator: string | undefined;
}

/** One line of `.env.example`; a test compares them. */
export interface EnvDocLine {
  name: string;
  default: string;
  explanation: string;
}

export const ENV_DOC: readonly EnvDocLine[] = [
  { name: 'PORT', default: '3000', explanation: 'The port that the server listens on.' },
  {
    name: 'DATA_DIR',
    default: './data',
    explanation:
      'The folder of the embedded database. One server at a time uses it. Unused with DATABASE_URL.',
  },
  {
    name: 'KEYS_DIR',
    default: './keys',
    explanation:
      'The folder of the keys that people’s words are sealed with. Never inside DATA_DIR. Without it the words cannot be read.',
  },
  {
    name: 'DATABASE_URL',
    default: '',
    explanation:
      'PostgreSQL 15 or later, as postgres://user:password@host:5432/name. Empty: the embedded database.',
  },
  {
    name: 'REDIS_URL',
    default: '',
    explanation: 'For several nodes, which come with a later version. Leave it empty.',
  },
  {
    name: 'KEYS_DATABASE_URL',
    default: '',
    explanation: 'For keys in a database of their own, which come with a later version. Leave it empty.',
  },
  {
    name: 'PUBLIC_URL',
    default: 'http://localhost:<PORT>',
    explanation: 'The address that people open. It is https, or localhost to try things out on one computer.',
  },
  {
    name: 'EXIT_URL',
    default: 'https://www.bbc.com/weather',
    explanation:
      'Where “leave quickly” goes. Choose a plain page that fits any screen and greets nobody by name.',
  },
  {
    name: 'OPERATOR',
    default: '',
    explanation: 'Who runs this server, shown on the first page, because they could read what is written.',
  },
];

/** All problems at once, each a sentence that says what to do. */
export class EnvError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'EnvError';
    this.problems = problems;
  }
}

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

const isUrl = (protocols: readonly string[]) => (value: string) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);

const postgresUrl = (name: string) =>
  z
    .string()
    .refine(
      isUrl(['postgres:', 'postgresql:']),
      `${name} must look like postgres://user:password@host:5432/name.`,
    )
    .optional();

export const settings = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'PORT must be a whole number from 0 to 65535.')
    .transform(Number)
    .refine((port) => port <= 65_535, 'PORT must be a whole number from 0 to 65535.')
    .default(3000),
  DATA_DIR: z.string().default('./data'),
  KEYS_DIR: z.string().default('./keys'),
  DATABASE_URL: postgresUrl('DATABASE_URL'),
  KEYS_DATABASE_URL: postgresUrl('KEYS_DATABASE_URL'),
  REDIS_URL: z
    .string()
    .refine(isUrl(['redis:', 'rediss:']), 'REDIS_URL must look like redis://host:6379.')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine(isUrl(['http:', 'https:']), 'PUBLIC_URL must be an address such as https://table.example.org.')
    .optional(),
  EXIT_URL: z
    .string()
    .refine(isUrl(['https:']), 'EXIT_URL must be an https address, such as https://www.bbc.com/weather.')
    .default('https://www.bbc.com/weather'),
  OPERATOR: z.string().trim().max(200, 'OPERATOR must be at most 200 characters long.').optional(),
});

/** @throws EnvError listing every problem found */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(filled);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  problems.push(...crossProblems(filled));
  if (!parsed.success || problems.length > 0) throw new EnvError([...new Set(problems)]);
  const read = parsed.data;
  return {
    port: read.PORT,
    dataDir: path.resolve(read.DATA_DIR),
    keysDir: path.resolve(read.KEYS_DIR),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    keysDatabaseUrl: read.KEYS_DATABASE_URL,
    publicUrl: new URL(read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).origin,
    exitUrl: read.EXIT_URL,
    operator: read.OPERATOR,
  };
}

/** Rules between settings; each holds whether or not the others are well formed. */
function crossProblems(source: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if (isInside(source.KEYS_DIR ?? './keys', source.DATA_DIR ?? './data')) {
    problems.push(
      'KEYS_DIR must not lie inside DATA_DIR: whoever copies the data would copy its keys. Choose another folder.',
    );
  }
  if (source.PUBLIC_URL && URL.canParse(source.PUBLIC_URL)) {
    const url = new URL(source.PUBLIC_URL);
    if (url.protocol === 'http:' && !LOOPBACK_HOSTS.includes(url.hostname)) {
      problems.push(
        'PUBLIC_URL must start with https, or be http://localhost: without a certificate the browser leaves people half safe. ' +
          'The proxy in docker-compose.yml gets a certificate by itself.',
      );
    }
    if (url.pathname !== '/' || url.search || url.hash) {
      problems.push('PUBLIC_URL must be an address without a path, such as https://table.example.org.');
    }
  }
  if (source.REDIS_URL) {
    if (!source.DATABASE_URL)
      problems.push('REDIS_URL needs DATABASE_URL: several nodes share one PostgreSQL.');
    if (!source.KEYS_DATABASE_URL)
      problems.push('REDIS_URL needs KEYS_DATABASE_URL: several nodes share their keys.');
    problems.push(
      'REDIS_URL is not used yet: running several nodes comes with a later version. Leave it empty and run one node.',
    );
  }
  if (source.KEYS_DATABASE_URL) {
    problems.push(
      'KEYS_DATABASE_URL is not used yet: keys in a database come with a later version. Leave it empty and use KEYS_DIR.',
    );
  }
  return problems;
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(realPath(outer), realPath(inner));
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** Follows links in the part of the path that exists, so that a link cannot hide one folder inside the other. */
function realPath(folder: string): string {
  const absolute = path.resolve(folder);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(realPath(parent), path.basename(absolute));
  }
}

/**
 * Origins that the server's own pages have. On a computer's loopback, its three names are one place.
 */
export function ownOrigins(env: Pick<Env, 'publicUrl'>): readonly string[] {
  const url = new URL(env.publicUrl);
  if (!LOOPBACK_HOSTS.includes(url.hostname)) return [url.origin];
  const port = url.port ? `:${url.port}` : '';
  return LOOPBACK_HOSTS.map((host) => `${url.protocol}//${host}${port}`);
}

/** What suites need beyond the machine's own means; absent, they are skipped and say so. */
export function readTestEnv(source: Record<string, string | undefined> = process.env) {
  return {
    databaseUrl: source.TEST_DATABASE_URL || undefined,
    redisUrl: source.TEST_REDIS_URL || undefined,
    isAllRequired: source.REQUIRE_ALL_TESTS === '1',
  };
}
