import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ENV_DOC, EnvError, ownOrigins, readEnv, settings } from './env.ts';

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
};

describe('the environment', () => {
  it('needs no setting at all', () => {
    expect(readEnv({})).toEqual({
      port: 3000,
      dataDir: path.resolve('data'),
      keysDir: path.resolve('keys'),
      databaseUrl: undefined,
      redisUrl: undefined,
      keysDatabaseUrl: undefined,
      publicUrl: 'http://localhost:3000',
      exitUrl: 'https://www.bbc.com/weather',
      operator: undefined,
      metricsPort: undefined,
    });
  });

  it('takes an empty setting as not set', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: ' ', OPERATOR: '' })).toEqual(readEnv({}));
  });

  it('follows PORT in the address, and drops a slash at its end', () => {
    expect(readEnv({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(readEnv({ PUBLIC_URL: 'https://table.example.org/' }).publicUrl).toBe('https://table.example.org');
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      PORT: 'many',
      DATABASE_URL: 'mysql://here',
      PUBLIC_URL: 'http://table.local',
      EXIT_URL: 'http://weather.example',
      KEYS_DIR: './data/keys',
      REDIS_URL: 'redis://localhost:6379',
    });
    expect(problems).toEqual([
      'PORT must be a whole number from 0 to 65535.',
      'DATABASE_URL must look like postgres://user:password@host:5432/name.',
      'EXIT_URL must be an https address, such as https://www.bbc.com/weather.',
      expect.stringMatching(/^KEYS_DIR must not lie inside DATA_DIR/),
      expect.stringMatching(/^PUBLIC_URL must start with https, or be http:\/\/localhost/),
      expect.stringMatching(/^REDIS_URL needs KEYS_DATABASE_URL/),
    ]);
  });

  it('keeps metrics off unless they have a port, and that port is not the one that people reach', () => {
    expect(readEnv({ METRICS_PORT: '9464' }).metricsPort).toBe(9464);
    expect(problemsOf({ METRICS_PORT: 'on' })).toEqual([
      'METRICS_PORT must be a whole number from 0 to 65535.',
    ]);
    for (const both of [{ METRICS_PORT: '3000' }, { PORT: '8080', METRICS_PORT: '8080' }]) {
      expect(problemsOf(both)).toEqual([expect.stringMatching(/^METRICS_PORT must be another port/)]);
    }
  });

  it.each([['65536'], ['-1'], ['3000.5'], ['0x10']])('refuses the port %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['PORT must be a whole number from 0 to 65535.']);
  });

  it.each([
    ['https://table.example.org', true],
    ['https://table.example.org:8443', true],
    ['http://localhost:3000', true],
    ['http://127.0.0.1:3000', true],
    ['http://[::1]:3000', true],
    ['http://table.example.org', false],
    ['http://192.168.1.10:3000', false],
    ['http://localhost.example.org', false],
    ['https://example.org/table', false],
    ['ftp://example.org', false],
    ['table.example.org', false],
  ])('PUBLIC_URL %s: accepted %s', (PUBLIC_URL, isAccepted) => {
    expect(problemsOf({ PUBLIC_URL }).length === 0).toBe(isAccepted);
  });

  it.each([
    ['postgres://a@b/c', 'postgres://a@b/d', true],
    ['postgres://a@b/c', 'postgres://a@d/c', true],
    ['postgres://a@b/c', 'postgres://a@b:5433/c', true],
    ['postgres://a@b/c', 'postgresql://other:word@b:5432/c?sslmode=require', false],
  ])('words in %s and keys in %s: accepted %s', (DATABASE_URL, KEYS_DATABASE_URL, isAccepted) => {
    const problems = problemsOf({ DATABASE_URL, KEYS_DATABASE_URL });
    if (isAccepted) expect(problems).toEqual([]);
    else expect(problems).toEqual([expect.stringMatching(/^KEYS_DATABASE_URL must be another database/)]);
  });

  it('takes several nodes only where they share database and keys', () => {
    const databases = { DATABASE_URL: 'postgres://a@b/c', KEYS_DATABASE_URL: 'postgres://a@b/d' };
    expect(problemsOf({ ...databases, REDIS_URL: 'redis://cache' })).toEqual([]);
    expect(problemsOf({ REDIS_URL: 'redis://cache' })).toEqual([
      'REDIS_URL needs DATABASE_URL: several nodes share one PostgreSQL.',
      'REDIS_URL needs KEYS_DATABASE_URL: several nodes share their keys.',
    ]);
  });

  it('sees through a link that hides the keys inside the data', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'longtable-env-'));
    mkdirSync(path.join(folder, 'data'));
    symlinkSync(path.join(folder, 'data'), path.join(folder, 'elsewhere'));
    const DATA_DIR = path.join(folder, 'data');
    expect(problemsOf({ DATA_DIR, KEYS_DIR: path.join(folder, 'elsewhere', 'keys') })).toHaveLength(1);
    expect(problemsOf({ DATA_DIR, KEYS_DIR: DATA_DIR })).toHaveLength(1);
    expect(problemsOf({ DATA_DIR, KEYS_DIR: path.join(folder, 'data-keys') })).toEqual([]);
  });

  it('never repeats a password in its sentences', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://user:s3cret@host/db' }).join()).not.toContain('s3cret');
  });

  it('explains every setting that it reads, and no other', () => {
    expect(ENV_DOC.map((line) => line.name).sort()).toEqual(Object.keys(settings.shape).sort());
  });

  it('counts the three names of this computer as one place, others not', () => {
    expect(ownOrigins({ publicUrl: 'http://localhost:3000' })).toContain('http://127.0.0.1:3000');
    expect(ownOrigins({ publicUrl: 'https://table.example.org' })).toEqual(['https://table.example.org']);
  });
});
