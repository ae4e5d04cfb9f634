import { Command } from 'commander';
import { EnvError, type Env, readEnv } from '../env.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { checkDatabase, reachDatabase } from './doctor/database.ts';
import { type Finding, lineOf, look, wrong } from './doctor/finding.ts';
import { checkKeys } from './doctor/keys.ts';
import { checkRedis } from './doctor/redis.ts';
import { checkClock, checkDisk, checkPublicUrl, checkVersions } from './doctor/machine.ts';

/** `longtable doctor`: a line for each thing that was looked at. Ends with 1 where something is wrong. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at settings, database, keys, Redis, disk and clock, and say what to do')
    .action(async () => {
      const findings = await examine();
      for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
      if (findings.some(({ verdict }) => verdict === 'wrong')) process.exitCode = 1;
    });
}

type Settings = Parameters<typeof readEnv>[0];

/** Changes nothing and makes nothing new. */
export async function examine(settings?: Settings, clock: Clock = systemClock): Promise<Finding[]> {
  const findings = [...checkVersions(), checkClock(clock)];
  const env = read(settings);
  if (env instanceof EnvError) {
    return [
      ...findings,
      ...env.problems.map((problem) => wrong('Settings', problem)),
      look('Database, keys and disk', 'they can be checked once the settings are right.'),
    ];
  }
  findings.push(checkPublicUrl(env));
  if (!env.keysDatabaseUrl) findings.push(await checkDisk('KEYS_DIR', env.keysDir));
  if (!env.databaseUrl) findings.push(await checkDisk('DATA_DIR', env.dataDir));
  if (env.redisUrl) findings.push(await checkRedis(env.redisUrl));
  const { database, finding } = await reachDatabase(env);
  findings.push(finding);
  try {
    if (database) findings.push(...(await checkDatabase(database, clock)));
    findings.push(...(await checkKeys(env, database)));
  } finally {
    await database?.close();
  }
  return findings;
}

function read(settings: Settings): Env | EnvError {
  try {
    return readEnv(settings);
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
}
