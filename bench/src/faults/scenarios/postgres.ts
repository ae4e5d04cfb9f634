import { pause } from '../../bench/wait.ts';
import { type Length, type Scenario, withStage } from '../scenario.ts';
import { startTcpProxy } from '../tcp-proxy.ts';

const CYCLES: Record<Length, number> = { quick: 1, usual: 6, long: 25 };

/** PostgreSQL is stopped, kindly or as in a power cut, and started again while six people write. */
export const restartPostgres: Scenario = async (setting) => {
  const { length, random, progress } = setting;
  const databaseUrl = await setting.database();
  const cluster = await setting.cluster();
  return withStage(setting, { databaseUrl }, async (stage) => {
    const cycles = CYCLES[length];
    for (let cycle = 1; cycle <= cycles; cycle++) {
      await pause(random.between(0, 600));
      await cluster.restart(random.chance(0.5) ? 'fast' : 'immediate');
      if (random.chance(0.7)) await stage.allWell();
      progress(`${cycle} of ${cycles} restarts`);
    }
    return `${cycles} restarts`;
  });
};

/** Stalls of a few seconds, and in the long form some that outlast every limit of the server. */
const STALL_MS: Record<Length, readonly number[]> = {
  quick: [1_500],
  usual: [500, 4_000, 18_000],
  long: [200, 500, 1_000, 2_000, 4_000, 8_000, 12_000, 18_000, 30_000],
};

/** Every process of PostgreSQL stands still for a while, with all connections open. */
export const stallPostgres: Scenario = async (setting) => {
  const databaseUrl = await setting.database();
  const cluster = await setting.cluster();
  return withStage(setting, { databaseUrl }, async (stage) => {
    const stalls = STALL_MS[setting.length];
    for (const ms of stalls) {
      await pause(setting.random.between(100, 600));
      await cluster.stall();
      try {
        await pause(ms);
        stage.expectAlive();
      } finally {
        await cluster.goOn();
      }
      await stage.allWell();
      setting.progress(`back after ${ms} ms`);
    }
    return `${stalls.length} stalls of up to ${Math.max(...stalls) / 1_000} s`;
  });
};

const SLOW_BYTES_PER_SECOND = 40_000;

/** The network between the server and PostgreSQL is cut, falls silent, and is slow. */
export const databaseNetwork: Scenario = async (setting) => {
  const { length, random, progress } = setting;
  const cluster = await setting.cluster();
  const database = new URL(await setting.database());
  const proxy = await startTcpProxy(cluster.port);
  database.port = String(proxy.port);
  try {
    return await withStage(setting, { databaseUrl: database.href }, async (stage) => {
      const cycles = CYCLES[length];
      for (let cycle = 1; cycle <= cycles; cycle++) {
        await pause(random.between(0, 500));
        proxy.cut();
        await pause(random.between(0, 300));
        proxy.freeze();
        await pause(length === 'quick' ? 800 : random.between(500, 20_000));
        // What was on its way arrives late, or never.
        if (random.chance(0.5)) proxy.cut();
        proxy.thaw();
        await stage.allWell();
        proxy.slowTo(SLOW_BYTES_PER_SECOND);
        await pause(random.between(300, 1_000));
        proxy.slowTo(null);
        progress(`${cycle} of ${cycles} rounds`);
      }
      await stage.allWell();
      return `${cycles} times cut, silent and slow`;
    });
  } finally {
    await proxy.stop();
  }
};
