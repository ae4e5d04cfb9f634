import { Command } from 'commander';
import { openDeps } from '../compose.ts';
import { type Env, readEnv } from '../env.ts';
import { mintCode, mintFacilitatorCode } from '../features/circles/codes.service.ts';
import { DEMO_NAMES, demoDocument, nameDemoDocuments } from '../features/documents/documents.service.ts';
import { makeWayBack } from '../features/people/returns.service.ts';
import { createPen } from '../features/rooms/pen.ts';
import type { Deps } from '../platform/deps.ts';
import { createShutdown } from '../platform/shutdown.ts';
import { StartupError } from '../platform/startup-error.ts';
import { orExplain } from '../server.ts';
import { agreement } from './demo/agreement.ts';
import { circles } from './demo/circles.ts';
import { definition } from './demo/definition.ts';
import { plan } from './demo/plan.ts';
import { agreeAfterAnObjection, agreeOn } from './seed/agree.ts';
import { type DemoTable, setTable } from './seed/table.ts';
import { liftDisputed, repairWords, writeJointWords, writeLater, writeOwnWords } from './seed/words.ts';

const DAY_MS = 86_400_000;

/** How long the codes that are printed open doors. */
const CODE_DAYS = 7;

type Say = (sentence: string) => void;

/** `longtable seed`. Ends with 0, or with 1 and one sentence. */
export function seedCommand(): Command {
  return new Command('seed')
    .description('set one demo table: invented people in four circles, who agreed on a plan')
    .action(() => orExplain(() => seed(readEnv(), (sentence) => void process.stdout.write(`${sentence}\n`))));
}

/** @throws StartupError where there is a demo table already, or the server has the embedded database open */
export async function seed(env: Env, say: Say): Promise<void> {
  const { deps, closing } = await openDeps(env, say);
  try {
    if (await demoDocument(deps.db, DEMO_NAMES.plan)) {
      throw new StartupError(
        'There is a demo table here already. Export its plan with: npm run longtable -- export demo-plan --format pdf --out plan.pdf\n' +
          'For a fresh one, set DATA_DIR and KEYS_DIR to other folders, or DATABASE_URL to an empty database.',
      );
    }
    const table = await setDemoTable(deps, say);
    await sayHowToSitDown(deps, table, say);
  } finally {
    await createShutdown(closing, deps.logger)();
  }
}

/** Named only once it is whole, so that one that was cut short is never taken for the demo. */
async function setDemoTable(deps: Deps, say: Say): Promise<DemoTable> {
  const step = stopwatch(say);
  const pen = createPen(deps);
  try {
    const [threeWeeksAgo, twoWeeksAgo] = [daysAgo(deps, 21), daysAgo(deps, 14)];
    const table = await step('People take their seats', () => setTable(threeWeeksAgo));
    await step('Circles write their own words', () => writeOwnWords(deps, pen, table));
    await step('The agreement', async () => {
      await writeJointWords(threeWeeksAgo, pen, table, agreement);
      await agreeOn(threeWeeksAgo, table, 'agreement', Object.keys(agreement.sections));
    });
    await step('The problem definition', async () => {
      await writeJointWords(twoWeeksAgo, pen, table, definition);
      await agreeOn(twoWeeksAgo, table, 'definition', Object.keys(definition.sections));
      await writeLater(deps, pen, table);
    });
    await step('The plan, with one objection', async () => {
      await writeJointWords(deps, pen, table, plan);
      await liftDisputed(deps, pen, table);
      await agreeAfterAnObjection(deps, table, Object.keys(plan.sections), () =>
        repairWords(deps, pen, table),
      );
    });
    await table.clearPhones();
    await nameDemoDocuments(deps.db, table.documents);
    return table;
  } finally {
    await pen.close();
  }
}

/** The demo as it would look had it taken three weeks. */
const daysAgo = (deps: Deps, days: number): Deps => {
  const nowMs = () => deps.clock.nowMs() - days * DAY_MS;
  return { ...deps, clock: { nowMs, today: () => new Date(nowMs()).toISOString().slice(0, 10) } };
};

const stopwatch =
  (say: Say) =>
  async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const startedMs = performance.now();
    const result = await work();
    say(`${what}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    return result;
  };

async function sayHowToSitDown(deps: Deps, table: DemoTable, say: Say): Promise<void> {
  const facilitator = await mintFacilitatorCode(deps, table.id, { days: CODE_DAYS });
  say(
    `\nThe demo table is set. To sit down at it, run "npm start" and open one of these within ${CODE_DAYS} days.`,
  );
  say(`\nAs a facilitator, once:\n  ${facilitator.url}`);
  say('\nAs somebody in a circle, and at its door, where that person lets you in:');
  for (const { key, name } of circles) {
    const { circle, members } = table.circles.get(key)!;
    const card = await makeWayBack(deps, members[0]!, { kind: 'card', locale: 'en' });
    const door = await mintCode(deps, circle.id, { uses: 5, days: CODE_DAYS }, false);
    say(`  ${name}\n    ${card.url}\n    ${door.url}`);
  }
  say(
    '\nThe plan in a file, without a running server (the embedded database allows one program at a time):\n' +
      '  npm run longtable -- export demo-plan --format pdf --out plan.pdf',
  );
}
