import { pause } from '../../bench/wait.ts';
import { type Length, type Scenario, withStage } from '../scenario.ts';

const HOUR_MS = 3_600_000;
const OFF_MS = [7 * HOUR_MS, -7 * HOUR_MS, 400 * 24 * HOUR_MS, 0];
const EACH_MS: Record<Length, number> = { quick: 500, usual: 3_000, long: 20_000 };

/** People's clocks are hours off the server's, and jump while they write and are cut off. */
export const clock: Scenario = async (setting) => {
  const { length, random } = setting;
  const RealDate = Date;
  let offMs = 0;
  class WrongDate extends RealDate {
    constructor(...parts: unknown[]) {
      super(...((parts.length === 0 ? [RealDate.now() + offMs] : parts) as [number]));
    }
    static override now(): number {
      return RealDate.now() + offMs;
    }
  }
  globalThis.Date = WrongDate as DateConstructor;
  try {
    return await withStage(setting, await setting.anyDatabase(), async (stage) => {
      for (const off of OFF_MS) {
        offMs = off;
        await pause(random.between(EACH_MS[length] / 2, EACH_MS[length]));
        if (length !== 'quick' && random.chance(0.5)) {
          await stage.kill();
          await stage.start();
        }
        await stage.allWell();
      }
      return 'seven hours ahead, seven behind, and a year';
    });
  } finally {
    globalThis.Date = RealDate;
  }
};
