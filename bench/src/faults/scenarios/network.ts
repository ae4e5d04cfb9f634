import { pause } from '../../bench/wait.ts';
import { noMischief } from '../mischief.ts';
import { type Length, type Scenario, withStage } from '../scenario.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';

const CYCLES: Record<Length, number> = { quick: 1, usual: 6, long: 30 };
/** A bad telephone line: a push of a few words takes most of a second. */
const SLOW_BYTES_PER_SECOND = 8_000;
/** Longer than both sides wait for a sign of life, so that both give the connection up. */
const HALF_OPEN_MS: Record<Length, number> = { quick: 1_000, usual: 5_000, long: 45_000 };

/** The network between people and the server is cut, falls silent with connections half open, and is slow. */
export const clientNetwork: Scenario = async (setting) => {
  const { length, random, progress } = setting;
  const proxies: TcpProxy[] = [];
  const through = async ({ port }: { port: number }): Promise<string> => {
    const proxy = await startTcpProxy(port);
    proxies.push(proxy);
    return `http://127.0.0.1:${proxy.port}`;
  };
  try {
    return await withStage(setting, { ...(await setting.anyDatabase()), through }, async (stage) => {
      const [proxy] = proxies;
      if (!proxy) throw new Error('no proxy');
      const cycles = CYCLES[length];
      for (let cycle = 1; cycle <= cycles; cycle++) {
        await pause(random.between(0, 400));
        proxy.cut();
        if (random.chance(0.5)) await stage.allWell();
        await pause(random.between(0, 400));
        proxy.freeze();
        await pause(random.between(HALF_OPEN_MS[length] / 2, HALF_OPEN_MS[length]));
        // Both think that the other is there, or one has long gone.
        if (random.chance(0.5)) proxy.cut();
        proxy.thaw();
        await stage.allWell();
        proxy.slowTo(SLOW_BYTES_PER_SECOND);
        await pause(random.between(300, 1_500));
        if (random.chance(0.3)) proxy.cut();
        proxy.slowTo(null);
        progress(`${cycle} of ${cycles} rounds`);
      }
      stage.expectAlive();
      await stage.allWell();
      return `${cycles} times cut, half open and slow`;
    });
  } finally {
    for (const proxy of proxies) await proxy.stop();
  }
};

const DELIVERY_MS: Record<Length, number> = { quick: 1_500, usual: 15_000, long: 180_000 };

/** Pushes come twice and again behind newer ones; batches come twice and in the wrong order. */
export const deliveries: Scenario = async (setting) => {
  const { length, random } = setting;
  const mischief = { ...noMischief(), pushTwice: 0.2, pushAgainLater: 0.2, batchTwice: 0.2, batchLate: 0.2 };
  return withStage(setting, { ...(await setting.anyDatabase()), mischief }, async (stage) => {
    const endMs = Date.now() + DELIVERY_MS[length];
    while (Date.now() < endMs) {
      await pause(random.between(200, 800));
      stage.expectAlive();
    }
    Object.assign(mischief, noMischief());
    return 'one in five twice, one in five late';
  });
};
