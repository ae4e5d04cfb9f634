import { pause } from '../../bench/wait.ts';
import { FaultFound } from '../fault-found.ts';
import { type Length, type Scenario, withStage } from '../scenario.ts';

const CYCLES: Record<Length, number> = { quick: 3, usual: 12, long: 40 };
/** How long a seat that was given up goes on trying. */
const AFTERWARDS_MS = 400;

/**
 * Somebody joins while their seat is given up elsewhere. What was acknowledged before stays; what their page makes
 * once the server has said that the seat is gone must never be there; and everyone else writes on.
 */
export const revoke: Scenario = async (setting) => {
  const { length, random, rounds } = setting;
  const cycles = CYCLES[length];
  return withStage(setting, { ...(await setting.anyDatabase()), seats: cycles }, async (stage) => {
    let givenUp = 0;
    for (const _round of rounds(cycles)) {
      const leaving = stage.sitDown();
      let isTyping = true;
      const typing = (async () => {
        while (isTyping) {
          leaving.edit();
          await pause(random.between(0, 10));
        }
      })();
      // Before it has joined, in the middle, or after some words.
      await pause(random.between(0, 150));
      const { cookie, seatId } = leaving.person;
      const answer = await fetch(`${stage.server.url}/api/seat`, {
        method: 'DELETE',
        headers: { cookie, origin: stage.server.url, 'longtable-seat': seatId },
      });
      if (!answer.ok) throw new FaultFound([`giving up a seat answered ${answer.status}`]);
      leaving.forbidFromNow();
      givenUp += 1;
      await pause(AFTERWARDS_MS);
      isTyping = false;
      await typing;
      stage.expectAlive();
      leaving.close();
    }
    return `${givenUp} seats given up`;
  });
};
