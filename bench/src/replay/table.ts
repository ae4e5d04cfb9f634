import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { CircleId, DocumentId, PartnershipId, RoomId, SeatId } from '@longtable/shared/ids';
import { MAX_CODE_USES } from '@longtable/shared/limits';
import { Joined, MintedCode, TakenSeat } from '@longtable/shared/protocol/http/circles';
import { DocumentOutline } from '@longtable/shared/protocol/http/documents';
import { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import type { z } from 'zod';

/** One device with one seat in the circle. */
export interface Person {
  seatId: SeatId;
  /** As a request carries it. */
  cookie: string;
}

export interface LaidTable {
  people: Person[];
  /** The joint room of the section that the session is written into. */
  room: RoomId;
  /** Every room of all documents that the people, being of one circle, share. */
  rooms: RoomId[];
  partnershipId: PartnershipId;
  circle: CircleId;
  /** With the joint room of each section. */
  documents: { id: DocumentId; kind: DocumentKind; rooms: Record<string, RoomId> }[];
  /** What a facilitator's browser, or that of the first to sit down, sends; gives what was answered. */
  asFacilitator(path: string, body: object): Promise<unknown>;
  asMember(path: string, body: object): Promise<unknown>;
  readAsMember(path: string): Promise<unknown>;
  /** The Markdown of the document with that section, as people download it. */
  exportMarkdown(): Promise<string>;
}

/** Any section with running text does; this is the one with most to say. */
export const PLACE = { kind: 'definition', section: 'what-happens' } as const;

export const placeSection = () => {
  const section = templateFor(PLACE.kind).sections.find(({ key }) => key === PLACE.section);
  if (!section) throw new Error(`no section ${PLACE.section}`);
  return section;
};

const handle = { picture: 'kite' } as const;

/** Seats people around one table the way people do it: start, first seat, code, join, let in. */
export async function layTable(url: string, peopleCount: number): Promise<LaidTable> {
  const host = createDevice(url);
  const start = { title: 'Replay', template: 'full', locales: ['en'], circles: 1, handle };
  const started = await host.send('POST', '/api/partnerships', StartedPartnership, start);
  const asFacilitator = { seat: started.seatId };
  const table = await host.send(
    'GET',
    `/api/partnerships/${started.partnershipId}`,
    Table,
    undefined,
    asFacilitator,
  );
  const circle = table.circles[0]?.id;
  const document = table.documents.find(({ kind }) => kind === PLACE.kind)?.id;
  if (!circle || !document) throw new Error('the new table has no circle or no document');

  const firstSeat = await host.send(
    'POST',
    `/api/circles/${circle}/first-seat`,
    TakenSeat,
    { handle },
    asFacilitator,
  );
  const first: Person = { seatId: firstSeat.seatId, cookie: host.cookie() };
  const others = peopleCount > 1 ? await letOthersIn(url, host, first, circle, peopleCount - 1) : [];

  const asMember = { seat: first.seatId };
  const outlines: DocumentOutline[] = [];
  for (const { id } of table.documents) {
    outlines.push(await host.send('GET', `/api/documents/${id}`, DocumentOutline, undefined, asMember));
  }
  const outline = outlines.find(({ id }) => id === document);
  const room = outline?.sections.find(({ key }) => key === PLACE.section)?.rooms.partnership;
  if (!room) throw new Error(`the document has no section ${PLACE.section}`);
  return {
    people: [first, ...others],
    room,
    partnershipId: started.partnershipId,
    circle,
    documents: outlines.map(({ id, kind, sections }) => ({
      id,
      kind,
      rooms: Object.fromEntries(sections.map(({ key, rooms }) => [key, rooms.partnership])),
    })),
    asFacilitator: (path, body) => host.post(path, body, asFacilitator),
    asMember: (path, body) => host.post(path, body, asMember),
    readAsMember: async (path) => (await host.request('GET', path, undefined, asMember)).json(),
    rooms: outlines.flatMap(({ sections }) =>
      sections.flatMap(({ rooms }) => [rooms.partnership, rooms.circle ?? []].flat()),
    ),
    exportMarkdown: async () =>
      (
        await host.request(
          'GET',
          `/api/documents/${document}/export?format=md&locale=en`,
          undefined,
          asMember,
        )
      ).text(),
  };
}

async function letOthersIn(
  url: string,
  host: Device,
  first: Person,
  circle: CircleId,
  count: number,
): Promise<Person[]> {
  const asMember = { seat: first.seatId };
  const people: Person[] = [];
  let code = '';
  for (let i = 0; i < count; i++) {
    if (i % MAX_CODE_USES === 0) {
      const uses = Math.min(MAX_CODE_USES, count - i);
      const path = `/api/circles/${circle}/codes`;
      ({ code } = await host.send('POST', path, MintedCode, { uses, days: 1 }, asMember));
    }
    const device = createDevice(url);
    await device.request('POST', '/api/device');
    const { seatId } = await device.send('POST', '/api/join', Joined, {
      code,
      handle,
      locale: 'en',
    });
    await host.request('POST', `/api/circles/${circle}/door/${seatId}`, { letIn: true }, asMember);
    people.push({ seatId, cookie: device.cookie() });
  }
  return people;
}

type Device = ReturnType<typeof createDevice>;

/** Keeps its cookie as a browser does, and speaks for one of its seats. */
function createDevice(url: string) {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  const request = async (method: 'GET' | 'POST', path: string, body?: unknown, as?: { seat: SeatId }) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        ...(cookies.size > 0 ? { cookie: cookie() } : {}),
        ...(as ? { 'longtable-seat': as.seat } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    if (!answer.ok)
      throw new Error(`${method} ${path.split('?')[0]} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };

  const send = async <Schema extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: Schema,
    body?: unknown,
    as?: { seat: SeatId },
  ): Promise<z.infer<Schema>> => schema.parse(await (await request(method, path, body, as)).json());

  /** What a route that answers nothing answers is null. */
  const post = async (path: string, body: object, as: { seat: SeatId }): Promise<unknown> => {
    const text = await (await request('POST', path, body, as)).text();
    return text === '' ? null : JSON.parse(text);
  };

  return { cookie, request, send, post };
}
