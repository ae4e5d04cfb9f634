import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import { MintedCode } from '@longtable/shared/protocol/http/circles';
import { describeEachBackend } from '../../testing/backends.ts';
import { itWithPoppler, pdfInfo, pdfText, unpackPdf } from '../../testing/exports/read-pdf.ts';
import { pictureOf, readSquare } from '../../testing/exports/read-square.ts';
import {
  seatedMember,
  startPartnership,
  type TestPartnership,
  type TestPerson,
} from '../../testing/factories.ts';
import { startTestServer, type TestServer } from '../../testing/http-client.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { renderTableCards, type TableCardsSheet } from './table-cards-pdf.ts';

jest.setTimeout(60_000);

const [en, ar] = [await loadMessages('en'), await loadMessages('ar')];

const sheet: TableCardsSheet = {
  url: 'https://longtable.example.org/join#K7QM4T2X',
  code: 'K7QM-4T2X',
  address: 'longtable.example.org/join',
  lines: [
    { lang: 'en', dir: 'ltr', text: en['tableCards.how']! },
    { lang: 'ar', dir: 'rtl', text: ar['tableCards.how']! },
  ],
  squareAlt: en['code.qr']!,
  cards: 10,
  paper: 'a4',
};

const GRID = { columns: 2, rows: 4, fieldWidth: 90, fieldHeight: 62 };

/** Words without what stands around them, sorted: how poppler orders two columns of two directions is its own. */
const sortedWords = (text: string) => (text.match(/[\p{L}\p{N}]+/gu) ?? []).sort();

describe('table cards', () => {
  const pdf = renderTableCards(sheet);

  for (const paper of ['a4', 'letter'] as const)
    itWithPoppler(`on ${paper} each can be scanned, and leads to the link with its code`, () => {
      const printed = renderTableCards({ ...sheet, paper });
      const [first, second] = [pictureOf(printed, 1), pictureOf(printed, 2)];
      for (const row of [0, 1, 2, 3]) {
        for (const column of [0, 1]) {
          expect([row, column, readSquare(first, GRID, column, row)]).toEqual([row, column, sheet.url]);
          expect([row, column, readSquare(second, GRID, column, row)]).toEqual([
            row,
            column,
            row === 0 ? sheet.url : null,
          ]);
        }
      }
      expect(pdfInfo(printed)).toMatch(/Pages:\s+2\n/);
      expect(pdfInfo(printed)).toMatch(paper === 'a4' ? /595\.\d+ x 841\.\d+ pts/ : /612 x 792 pts/);
    });

  itWithPoppler('say the same on every card, and nothing but how to join', () => {
    const card = [...sheet.lines.map(({ text }) => text), sheet.code, sheet.address].join(' ');
    expect(sortedWords(pdfText(pdf))).toEqual(sortedWords(`${card} `.repeat(sheet.cards)));
  });

  it('are the same bytes for the same code, with no date or maker’s name among them', () => {
    expect(renderTableCards(sheet).equals(pdf)).toBe(true);
    const raw = unpackPdf(pdf);
    for (const forbidden of ['CreationDate', 'ModDate', 'CreateDate', '/Author', 'dc:creator', '2026-'])
      expect(raw).not.toContain(forbidden);
    expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });

  itWithPoppler('keep an address inside the card, however long', () => {
    const address = `${'a-rather-long-name.'.repeat(5)}example.org/join`;
    const printed = renderTableCards({ ...sheet, address, cards: 8 });
    // Poppler takes a dash at the end of a line for a hyphen.
    const withoutDashes = (text: string) => text.replace(/[\s-]+/g, '');
    expect(withoutDashes(pdfText(printed)).split(withoutDashes(address))).toHaveLength(9);
    expect(pdfInfo(printed)).toMatch(/Pages:\s+1\n/);
  });
});

describeEachBackend('printing table cards', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let partnership: TestPartnership;
  let circle: CircleId;
  let member: TestPerson;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
    partnership = await startPartnership(deps, { title: 'CanaryTopic' });
    circle = partnership.circles[0]!;
    member = await seatedMember(deps, circle);
  });
  afterAll(() => server.close());

  const as = ({ cookie, seat }: TestPerson, body?: unknown) => ({
    seat: seat.id,
    headers: { cookie },
    ...(body === undefined ? {} : { body }),
  });
  const mint = async (who: TestPerson, id = circle) =>
    MintedCode.parse(
      (await server.newDevice().post(`/api/circles/${id}/codes`, as(who, { uses: 5, days: 2 }))).body,
    );
  const print = (who: TestPerson, { id, code }: Pick<MintedCode, 'id' | 'code'>, circleId = circle) =>
    server
      .newDevice()
      .post(`/api/circles/${circleId}/codes/${id}/cards`, as(who, { code, cards: 2, paper: 'a4' }));

  it('answers a file with a neutral name, that nobody keeps', async () => {
    const answer = await print(member, await mint(member));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="cards.pdf"');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(unpackPdf(answer.bytes)).not.toMatch(/Canary/);
  });

  it('prints a founding code for the facilitator, while nobody sits there', async () => {
    const empty = partnership.circles[1]!;
    const { facilitator } = partnership;
    expect((await print(facilitator, await mint(facilitator, empty), empty)).status).toBe(200);
  });

  it('prints no code but this one, and none that opens nothing any more', async () => {
    const [one, other] = [await mint(member), await mint(member)];
    for (const wrong of [
      { ...one, code: other.code },
      { ...one, code: '????????' },
    ])
      expect(await print(member, wrong)).toMatchObject({ status: 404, body: { code: 'codeUnknown' } });
    await server.newDevice().delete(`/api/circles/${circle}/codes/${one.id}`, as(member));
    expect((await print(member, one)).status).toBe(404);
    deps.clock.advanceMs(3 * 86_400_000);
    expect((await print(member, other)).status).toBe(404);
    deps.clock.advanceMs(-3 * 86_400_000);
  });

  it('is for those inside only', async () => {
    const code = await mint(member);
    const elsewhere = await startPartnership(deps);
    for (const outsider of [
      partnership.facilitator,
      await seatedMember(deps, partnership.circles[1]!),
      await seatedMember(deps, elsewhere.circles[0]!),
    ])
      expect(await print(outsider, code)).toMatchObject({ status: 404, body: { code: 'notFound' } });
  });
});
