import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import { openDeps } from '../compose.ts';
import { type Env, readEnv } from '../env.ts';
import { demoDocument, readDocument } from '../features/documents/documents.service.ts';
import type { Seat } from '../features/people/people.service.ts';
import { agreementRecord } from '../features/rounds/record.service.ts';
import { readStanding } from '../features/rounds/standing.service.ts';
import type { Deps } from '../platform/deps.ts';
import { openDatabase } from '../platform/db.ts';
import { itWithPoppler, pdfText } from '../testing/exports/read-pdf.ts';
import { OBJECTION, WORRY } from './demo/answers.ts';
import { circles } from './demo/circles.ts';
import { plan } from './demo/plan.ts';
import { exportToFile, type FileRequest } from './export.ts';
import { seed } from './seed.ts';

/** As long as a person would wait for it, and the time that the embedded database takes to be made. */
jest.setTimeout(120_000);

describe('longtable seed', () => {
  let folder: string;
  let env: Env;
  const said: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'longtable-seed-'));
    env = readEnv({ DATA_DIR: path.join(folder, 'data'), KEYS_DIR: path.join(folder, 'keys') });
    await seed(env, (sentence) => said.push(sentence));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const exported = async (request: FileRequest) => {
    const file = path.join(folder, `out.${request.format}`);
    await exportToFile(env, request, file);
    return readFile(file);
  };
  const withDeps = async <Result>(look: (deps: Deps) => Promise<Result>): Promise<Result> => {
    const { deps, closing } = await openDeps(env, () => {});
    try {
      return await look(deps);
    } finally {
      for (const step of closing) await step.close();
    }
  };
  const recordOf = (name: 'demo-agreement' | 'demo-definition' | 'demo-plan') =>
    withDeps(async (deps) =>
      agreementRecord(deps, await readDocument(deps.db, (await demoDocument(deps.db, name))!)),
    );

  it('says how long each part took, and how to sit down at the table', () => {
    expect(said.filter((line) => /: \d+\.\d s$/.test(line))).toHaveLength(5);
    const text = said.join('\n');
    expect(text.match(/\/join#[0-9A-Z]{8}/g)).toHaveLength(1 + circles.length);
    expect(text.match(/\/return#[0-9A-Z]{12}/g)).toHaveLength(circles.length);
    for (const { name } of circles) expect(text).toContain(name);
  });

  it.each(['en', 'ar'] as const)('exports the agreed words of the plan, headings in %s', async (locale) => {
    const markdown = (await exported({ document: 'demo-plan', format: 'md', locale })).toString('utf8');
    for (const { en, ar } of plan.sections['what-we-will-do']!.text!) {
      expect(markdown).toContain(en);
      expect(markdown).toContain(ar);
    }
    expect(markdown).toContain('one bean for each offer');
    expect(markdown).not.toContain('with the name of each person who came');
    expect(markdown).toContain(WORRY.reason);
    for (const { name } of circles) expect(markdown).toContain(name);
  });

  itWithPoppler('exports the plan as a PDF', async () => {
    const bytes = await exported({ document: 'demo-plan', format: 'pdf', locale: 'en' });
    expect(pdfText(bytes).replace(/\s+/g, ' ')).toContain('People can look at a season’s work');
  });

  it('has a plan that all four circles agreed to, after one objection, with one worry and one activity set aside', async () => {
    const record = await recordOf('demo-plan');
    for (const { agreement } of record) {
      expect(agreement).toMatchObject({ standing: 'agreed', hasChanged: false });
      expect(agreement!.circles.map(({ answer }) => answer)).toEqual(circles.map(() => 'agrees'));
    }
    const lifted = record.flatMap(({ content, lifted: fields }) => fields.map(() => content.section));
    expect(lifted).toEqual(['what-we-will-do']);
    const dissent = record.flatMap(({ content: { section }, agreement }) =>
      agreement!.dissent.map((each) => ({ section, ...each })),
    );
    expect(dissent).toEqual([
      { section: WORRY.section, circleId: expect.any(String), position: 'concern', reason: WORRY.reason },
    ]);
    const [versions] = await withDeps((deps) =>
      deps.db('round_versions').where({ section: OBJECTION.section }).count('* as count'),
    );
    expect(Number(versions!.count)).toBe(2);
  });

  it('has one section that was agreed and says something else since', async () => {
    const changed = (record: Awaited<ReturnType<typeof recordOf>>) =>
      record.filter(({ agreement }) => agreement?.hasChanged).map(({ content }) => content.section);
    expect(changed(await recordOf('demo-definition'))).toEqual(['keeps-people-safe']);
    expect(changed(await recordOf('demo-agreement'))).toEqual([]);
  });

  it('leaves nobody’s words unsealed, and no device that holds a seat', async () => {
    await withDeps(async (deps) => {
      const seat = (await deps.db('seats').whereNotNull('circle_id').first()) as { partnership_id: string };
      const { documents }: Standing = await readStanding(deps, {
        partnershipId: seat.partnership_id,
        circleId: null,
      } as Seat);
      expect(documents).toHaveLength(3);
      expect(await deps.db('device_sessions')).toEqual([]);
      expect(
        await deps.db('room_updates').whereRaw("encode(update_sealed, 'escape') like '%season%'"),
      ).toEqual([]);
    });
  });

  it('refuses where there is a demo table, and says how to use it', async () => {
    await expect(seed(env, () => {})).rejects.toThrow(/demo table here already.*export demo-plan/s);
  });

  it('refuses while a server has the embedded database open', async () => {
    const running = await openDatabase(env);
    try {
      await expect(seed(env, () => {})).rejects.toThrow(/in use by another Longtable.*Stop that one first/s);
    } finally {
      await running.close();
    }
  });
});
