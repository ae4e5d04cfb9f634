import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { root } from './lib/fresh.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

const FILES = ['docker-compose.yml', 'docker-compose.keys.yml'];
const inAll = FILES.map(read).join('\n');

describe('.env.example', () => {
  it('says what env.ts says, setting by setting', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=source', '--import', 'tsx', 'scripts/env-example.mjs'],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(read('.env.example')).toBe(stdout);
  });

  it('names everything that the compose files ask for', () => {
    const asked = [...inAll.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const named = [...read('.env.example').matchAll(/^#?(\w+)=/gm)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining([...new Set(asked)]));
  });
});

describe('the compose files', () => {
  const [compose, keys] = FILES.map((file) => parse(read(file), { merge: true }));
  const { app: appWithKeys, ...more } = keys.services;
  const services = Object.entries({ ...compose.services, ...more });

  it.each(services)('%s has a read-only root, no capabilities and no way to gain more', (_name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.privileged).toBeUndefined();
    expect(service.network_mode).toBeUndefined();
  });

  it.each(services.filter(([name]) => name !== 'app'))('%s has a health check', (_name, service) => {
    expect(service.healthcheck.test[0]).toBe('CMD');
  });

  it('leaves the health check of app to the Dockerfile', () => {
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \["node"/m);
  });

  it('has no password of its own: each is asked for, and refused when empty', () => {
    const used = [...inAll.matchAll(/\$\{\w*PASSWORD\w*(..)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, operator] of used) expect(operator).toBe(':?');
    const given = services.flatMap(([, service]) => Object.entries(service.environment ?? {}));
    for (const [name, value] of given.filter(([key]) => key.includes('PASSWORD'))) {
      expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{/)]);
    }
    expect(read('.env.example')).toMatch(/^POSTGRES_PASSWORD=$/m);
  });

  it('has one password for the words and another for their keys', () => {
    const passwordsIn = (file) =>
      new Set([...read(file).matchAll(/\$\{(\w*PASSWORD)/g)].map(([, name]) => name));
    expect(FILES.map((file) => [...passwordsIn(file)])).toEqual([
      ['POSTGRES_PASSWORD'],
      ['KEYS_POSTGRES_PASSWORD'],
    ]);
    expect(appWithKeys.environment.KEYS_DATABASE_URL).toMatch(
      /^postgres:\/\/longtable:\$\{KEYS_POSTGRES_PASSWORD:\?[^}]+\}@keys-database:5432\/longtable_keys$/,
    );
    expect(appWithKeys.depends_on).toHaveProperty('keys-database');
  });

  it('opens only the ports of the proxy', () => {
    expect(services.filter(([, service]) => service.ports).map(([name]) => name)).toEqual(['proxy']);
  });

  it('keeps data and keys in volumes of their own', () => {
    const mounts = services
      .flatMap(([, service]) => service.volumes ?? [])
      .map((volume) => volume.split(':')[0]);
    const named = mounts.filter((source) => !source.startsWith('.'));
    expect(new Set(named).size).toBe(named.length);
    expect(Object.keys({ ...compose.volumes, ...keys.volumes }).sort()).toEqual([...named].sort());
  });

  it('starts what several nodes need with the profile `scale` only, and is one node by itself', () => {
    const scaled = services.filter(([, service]) => service.profiles).map(([name]) => name);
    expect(scaled).toEqual(['cache', 'balancer']);
    expect(Object.keys(more)).toEqual(['keys-database']);
    expect(compose.services.app.environment).toMatchObject({
      REDIS_URL: '${REDIS_URL:-}',
      KEYS_DATABASE_URL: '${KEYS_DATABASE_URL:-}',
    });
    expect(compose.services.proxy.environment.LONGTABLE_UPSTREAM).toBe('${LONGTABLE_UPSTREAM:-app:3000}');
  });

  it('gives the balancer everything that its configuration asks for, and the keys a database of their own', () => {
    const { environment } = compose.services.balancer;
    const asked = [...read('deploy/nginx.conf.template').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(environment)).toEqual(expect.arrayContaining([...new Set(asked)]));
    expect(more['keys-database'].networks).toEqual(['inside']);
    expect(read('.env.example')).toContain(`COMPOSE_FILE=${FILES.join(':')}`);
  });

  it('uses only networks that exist, the database’s without a way out', () => {
    for (const [, service] of services) {
      for (const network of service.networks) expect(compose.networks).toHaveProperty(network);
    }
    expect(compose.services.postgres.networks).toEqual(['inside']);
    expect(compose.networks.inside.internal).toBe(true);
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('has no mistake that a linter finds', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('runs as someone without rights, with data and keys apart', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('\nCMD '));
    expect(last).toMatch(/^VOLUME \["\/data", "\/keys"\]$/m);
    expect(last).not.toMatch(/npm (ci|i|install)/);
  });

  it('copies every workspace’s package.json before it installs', () => {
    const { workspaces } = JSON.parse(read('package.json'));
    for (const workspace of workspaces) {
      expect(dockerfile.split(`COPY ${workspace}/package.json ${workspace}/`)).toHaveLength(3);
    }
  });
});
