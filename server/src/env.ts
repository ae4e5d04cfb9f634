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
  /** Where this computer may read metrics; without it nothing is served. */
  metricsPort: number | undefined;
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
    explanation:
      'For several nodes: a Redis or Valkey that all of them reach, and nobody else. It needs DATABASE_URL and KEYS_DATABASE_URL.',
  },
  {
    name: 'KEYS_DATABASE_URL',
    default: '',
    explanation:
      'PostgreSQL for the keys, apart from DATABASE_URL, instead of KEYS_DIR. Several nodes share their keys there.',
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
  {
    name: 'METRICS_PORT',
    default: '',
    explanation:
      'For Prometheus: a port of its own for /metrics, which only this computer can reach. Empty: no metrics.',
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

const port = (name: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `${name} must be a whole number from 0 to 65535.`)
    .transform(Number)
    .refine((number) => number <= 65_535, `${name} must be a whole number from 0 to 65535.`);

export const settings = z.object({
  PORT: port('PORT').default(3000),
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
  METRICS_PORT: port('METRICS_PORT').optional(),
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
    metricsPort: read.METRICS_PORT,
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
  if (source.METRICS_PORT && source.METRICS_PORT === (source.PORT ?? '3000') && source.METRICS_PORT !== '0') {
    problems.push('METRICS_PORT must be another port than PORT: what people reach shows no metrics.');
  }
  if (source.REDIS_URL) {
    if (!source.DATABASE_URL)
      problems.push('REDIS_URL needs DATABASE_URL: several nodes share one PostgreSQL.');
    if (!source.KEYS_DATABASE_URL)
      problems.push('REDIS_URL needs KEYS_DATABASE_URL: several nodes share their keys.');
  }
  if (
    source.DATABASE_URL &&
    source.KEYS_DATABASE_URL &&
    isSameDatabase(source.DATABASE_URL, source.KEYS_DATABASE_URL)
  ) {
    problems.push(
      'KEYS_DATABASE_URL must be another database than DATABASE_URL: whoever copies the words would copy their keys.',
    );
  }
  return problems;
}

/** Two names of one server are not seen here; opening the keys looks whether the words are there. */
function isSameDatabase(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [a, b] = [one, other].map((text) => {
    const { hostname, port, pathname, username } = new URL(text);
    return `${hostname}:${port || 5432}/${pathname.slice(1) || username}`;
  });
  return a === b;
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
    /** How many times as many hostile updates are tried as in a usual run, and from which seed. */
    fuzzTimes: Number(source.FUZZ_TIMES || 1),
    fuzzSeed: Number(source.FUZZ_SEED || 20_261_121),
  };
}
