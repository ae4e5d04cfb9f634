import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it, jest } from '@jest/globals';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import express from 'express';
import request from 'supertest';
import { Router, errorTranslator } from '../../platform/http.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { readMarkdownText } from '../../testing/exports/read-markdown.ts';
import {
  CANARY,
  JOINT_TEXT,
  SEEDED_SECTION,
  type SeededPlan,
  seedFacilitator,
  seedMember,
  seedPlan,
} from '../../testing/exports/seed-plan.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import type { ExportDocument } from './export-document.ts';
import { registerExportRoutes } from './exports.routes.ts';
import { exportDocument } from './exports.service.ts';
import { render } from './render.ts';

jest.setTimeout(60_000);

describeEachBackend('exporting a document', (backend) => {
  let deps: TestDeps;
  let seeded: SeededPlan;
  let elsewhere: SeededPlan;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    seeded = await seedPlan(deps);
    elsewhere = await seedPlan(deps);
  });

  const app = () => {
    const web = express();
    registerExportRoutes(new Router(web), deps);
    web.use(errorTranslator(deps));
    return request(web);
  };
  const ask = (
    query: string,
    { cookie, seat }: SeededPlan = seeded,
    documentId: string = seeded.documentId,
  ) =>
    app()
      .get(`/api/documents/${documentId}/export?${query}`)
      .set('Cookie', cookie)
      .set(SEAT_HEADER, seat)
      .responseType('blob');

  it('gives the committed joint text, word for word', async () => {
    const { bytes } = await exportDocument(
      deps,
      { documentId: seeded.documentId, format: 'md', locale: 'en' },
      render,
    );
    const markdown = bytes.toString('utf8');
    expect(readMarkdownText(markdown, SEEDED_SECTION.number)).toBe(JOINT_TEXT);
    expect(markdown).toContain('# The table by the river');
    expect(markdown).toContain('Cook together');
  });

  it('knows no person, no circle and nothing of a circle’s own room, before any format', async () => {
    const asJson = async (document: ExportDocument) => Buffer.from(JSON.stringify(document));
    const { bytes } = await exportDocument(
      deps,
      { documentId: seeded.documentId, format: 'pdf', locale: 'en' },
      asJson,
    );
    expect(bytes.toString('utf8')).toContain('We meet');
    expect(bytes.toString('utf8')).not.toContain(CANARY);
  });

  it.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK'],
    ['md', 'text/markdown; charset=utf-8', '# The table'],
  ])('answers %s as a file with a neutral name that no cache keeps', async (format, mediaType, start) => {
    const answer = await ask(`format=${format}`).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': mediaType,
      'content-disposition': `attachment; filename="longtable-plan.${format}"`,
      'cache-control': 'no-store',
    });
    expect((answer.body as Buffer).subarray(0, start.length).toString()).toBe(start);
  });

  it.each(['docx', 'pdf', 'md'])(
    'is the same %s, byte for byte, for a member and a facilitator',
    async (format) => {
      const { partnership_id, circle_id } = await deps.db('seats').where({ id: seeded.seat }).first();
      const other = { ...seeded, ...(await seedMember(deps, partnership_id, circle_id)) };
      const guide = { ...seeded, ...(await seedFacilitator(deps, partnership_id)) };
      const [first, ...others] = await Promise.all(
        [seeded, other, guide].map((who) => ask(`format=${format}`, who).expect(200)),
      );
      for (const { body } of others) expect((body as Buffer).equals(first!.body as Buffer)).toBe(true);
    },
  );

  it('gives who does what by when alone, under a name of its own', async () => {
    const answer = await ask('format=md&part=who-does-what').expect(200);
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="longtable-plan-who-does-what.md"',
    );
    const markdown = (answer.body as Buffer).toString('utf8');
    expect(markdown).toContain('Cook together');
    expect(markdown).not.toContain('We meet');
    await ask('format=md&part=everything').expect(400);
    await deps.db('documents').where({ id: seeded.documentId }).update({ kind: 'definition' });
    await ask('format=md&part=who-does-what').expect(400);
    await deps.db('documents').where({ id: seeded.documentId }).update({ kind: 'plan' });
  });

  it('speaks Arabic when asked', async () => {
    const answer = await ask('format=md&locale=ar').expect(200);
    expect((answer.body as Buffer).toString('utf8')).toContain('ماذا سنفعل');
  });

  it('gives one answer for a document that is not there and one of another table', async () => {
    const absent = await ask('format=md', seeded, randomUUID()).expect(404);
    const foreign = await ask('format=md', seeded, elsewhere.documentId).expect(404);
    expect(JSON.parse(String(foreign.body))).toEqual(JSON.parse(String(absent.body)));
  });

  it('refuses who is signed out, and what is no format or no id', async () => {
    await app().get(`/api/documents/${seeded.documentId}/export?format=md`).expect(401);
    await ask('format=exe').expect(400);
    await ask('format=md', seeded, 'not-an-id').expect(400);
  });
});
