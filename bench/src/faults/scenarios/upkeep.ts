import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import type { WordsId } from '@longtable/shared/ids';
import { OpenedRound, PinnedVersion } from '@longtable/shared/protocol/http/rounds';
import { type Opened, openDeps } from '../../../../server/src/compose.ts';
import { readEnv } from '../../../../server/src/env.ts';
import { flattenRoom } from '../../../../server/src/features/rooms/flatten-rooms.ts';
import { moveToNewKey } from '../../../../server/src/features/rooms/forget-words.ts';
import { askToForget, findAsked } from '../../../../server/src/features/rooms/forgetting.repository.ts';
import { createRewriter, type Rewriter } from '../../../../server/src/features/rooms/rewriter.ts';
import { startTestRedis } from '../../../../server/src/testing/test-redis.ts';
import { pause } from '../../bench/wait.ts';
import { PLACE } from '../../replay/table.ts';
import { FaultFound, NotHere } from '../fault-found.ts';
import { type Length, type Scenario, type Setting, withStage } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const CYCLES: Record<Length, number> = { quick: 1, usual: 8, long: 50 };
/** Where people write on, a rewriting finds the room changed and leaves it as it is. */
const MOST_TRIES = 40;

/** A node without people, which only does what rooms need while nobody looks. */
interface Keeper extends Opened {
  rewriter: Rewriter;
}

/**
 * Under six people who write, another node flattens their room, moves it to a new key and destroys the old one, and a
 * facilitator opens a round about it. Words that were not acknowledged may be handed back to whoever wrote them; all
 * that was acknowledged stays, and stands in what the round pins.
 */
export const upkeep: Scenario = async (setting) => {
  if (spawnSync('redis-server', ['--version']).status !== 0) throw new NotHere('needs redis-server');
  const databaseUrl = await setting.database();
  const keysUrl = await setting.database();
  const redis = await startTestRedis();
  const env = { KEYS_DATABASE_URL: keysUrl, REDIS_URL: redis.url };
  try {
    return await withStage(setting, { databaseUrl, env, isRewritten: true }, async (stage) => {
      const opened = await openDeps(readEnv({ ...env, DATABASE_URL: databaseUrl, PORT: '0' }), () => {});
      const keeper: Keeper = { ...opened, rewriter: createRewriter() };
      try {
        return await spoil(setting, stage, keeper);
      } finally {
        await keeper.rewriter.close();
        for (const step of keeper.closing) await step.close();
      }
    });
  } finally {
    await redis.kill();
  }
};

async function spoil({ length, random, progress }: Setting, stage: Stage, keeper: Keeper): Promise<string> {
  const acts = { flattened: 0, forgotten: 0, pinned: 0 };
  const ways = [
    async () => {
      await whileTheyRest(stage, random, () => flattenRoom(keeper.deps, keeper.rewriter, stage.table.room));
      acts.flattened += 1;
    },
    async () => {
      const words = randomUUID() as WordsId;
      const { room } = stage.table;
      await keeper.deps.db.transaction((trx) => askToForget(trx, [room], words));
      // The node that people sit at does it as well where its turn comes first.
      await whileTheyRest(stage, random, async () => {
        if (await moveToNewKey(keeper.deps, keeper.rewriter, { id: room, forgets: [words] })) return true;
        return (await findAsked(keeper.deps.db, room))?.forgets === null;
      });
      acts.forgotten += 1;
    },
    async () => {
      await pinUnder(stage);
      acts.pinned += 1;
    },
  ];
  const cycles = CYCLES[length];
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const [first, second, third] = random.pick(ORDERS);
    for (const way of [first, second, third]) {
      await pause(random.between(0, 500));
      await ways[way]?.();
      stage.expectAlive();
      if (random.chance(0.7)) await stage.allWell();
    }
    progress(`${cycle} of ${cycles} rounds`);
  }
  await stage.allWell();
  return `${acts.flattened} times flattened, ${acts.forgotten} times moved to a new key, ${acts.pinned} times pinned`;
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** Begins while what they wrote is still on its way, and they write on before it is over. */
async function whileTheyRest(
  stage: Stage,
  random: Setting['random'],
  rewrite: () => Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    stage.rest();
    await pause(random.between(0, 100));
    const rewriting = rewrite();
    await pause(random.between(0, 60));
    stage.play();
    if (await rewriting) return;
    await pause(random.between(0, 200));
  }
  throw new Error('they never rested long enough');
}

/** ROOMS.md R21: every acknowledged write is in what is pinned, and every other is refused. */
async function pinUnder({ table, ledger }: Stage): Promise<void> {
  const document = table.documents.find(({ kind }) => kind === PLACE.kind);
  if (!document) throw new Error('the table lacks the document');
  const sections = [PLACE.section];
  const { roundId } = OpenedRound.parse(
    await table.asFacilitator(`/api/documents/${document.id}/rounds`, { sections }),
  );
  const pinned = PinnedVersion.parse(
    await table.readAsMember(`/api/rounds/${roundId}/sections/${PLACE.section}/version`),
  );
  const { blocks } = JSON.parse(pinned.canonical) as CanonicalSection;
  const text = blocks.flatMap(({ runs }) => runs.map((run) => run.text)).join('');
  // By now whoever was to hear of an acknowledgement has heard of it, and nobody can write.
  const faults = ledger.faultsIn('what is pinned', text);
  await table.asFacilitator(`/api/rounds/${roundId}/close`, {});
  if (faults.length > 0) throw new FaultFound(faults);
}
