import type { APIRequestContext } from '@playwright/test';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { Joined, MintedCode, TakenSeat } from '@longtable/shared/protocol/http/circles';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import type { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import type { Person } from './person.ts';
import type { Writing } from './writing.ts';

const PICTURES = ['kite', 'drum', 'mango', 'shell', 'lamp', 'cup'] as const;

export interface SetTable {
  partnershipId: string;
  circleId: string;
  /** One for each person, in their order; all of them in one circle. */
  seats: readonly string[];
  facilitatorSeat: string;
  documents: Readonly<Record<DocumentKind, string>>;
  addressOf(personIndex: number, kind: DocumentKind, section: number): string;
}

/** Asks the server as this person's page would. @throws Error with the answer, where it is a refusal */
export async function ask<Answer>(
  person: Person,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  { seat, body }: { seat?: string; body?: unknown } = {},
): Promise<Answer> {
  const request: APIRequestContext = person.context.request;
  // As the page does: the device has a session before it spends a code.
  if (path === '/api/join') await request.post('/api/device', { headers: { Origin: person.origin } });
  const answer = await request[method](path, {
    headers: { Origin: person.origin, ...(seat ? { [SEAT_HEADER]: seat } : {}) },
    ...(body === undefined ? {} : { data: body }),
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (answer.status() === 204 ? undefined : await answer.json().catch(() => undefined)) as Answer;
}

/** The quick way to a table where all of these people sit in one circle, for tests about what comes after. */
export async function setTable(
  people: readonly Person[],
  { title = 'What we do', names = [] as readonly string[] } = {},
): Promise<SetTable> {
  const [host] = people;
  if (!host) throw new Error('a table needs somebody');
  const started = await ask<StartedPartnership>(host, 'post', '/api/partnerships', {
    body: { title, template: 'one-evening', locales: ['en'], circles: 2, handle: { picture: 'bridge' } },
  });
  const facilitatorSeat = started.seatId;
  const table = await ask<Table>(host, 'get', `/api/partnerships/${started.partnershipId}`, {
    seat: facilitatorSeat,
  });
  const circleId = table.circles[0]!.id;
  const handle = (index: number) => ({
    picture: PICTURES[index % PICTURES.length],
    ...(names[index] ? { name: names[index] } : {}),
  });
  const first = await ask<TakenSeat>(host, 'post', `/api/circles/${circleId}/first-seat`, {
    seat: facilitatorSeat,
    body: { handle: handle(0) },
  });
  const seats: string[] = [first.seatId];
  if (people.length > 1) {
    const minted = await ask<MintedCode>(host, 'post', `/api/circles/${circleId}/codes`, {
      seat: first.seatId,
      body: { uses: people.length, days: 1 },
    });
    for (const [index, person] of people.entries()) {
      if (index === 0) continue;
      const joined = await ask<Joined>(person, 'post', '/api/join', {
        body: { code: minted.code, handle: handle(index), locale: person.language },
      });
      await ask(host, 'post', `/api/circles/${circleId}/door/${joined.seatId}`, {
        seat: first.seatId,
        body: { letIn: true },
      });
      seats.push(joined.seatId);
    }
  }
  const idOf = (kind: DocumentKind) => table.documents.find((each) => each.kind === kind)!.id;
  const documents = { agreement: idOf('agreement'), definition: idOf('definition'), plan: idOf('plan') };
  return {
    partnershipId: started.partnershipId,
    circleId,
    seats,
    facilitatorSeat,
    documents,
    addressOf: (index, kind, section) => `/s/${seats[index]}/d/${documents[kind]}/${section}`,
  };
}

/**
 * A table of two circles, Baobab with the one person and River with the other; the first facilitates as well.
 * Gives the address of one section for each of the three seats.
 */
export async function setTwoCircles(baobab: Person, river: Person, kind: DocumentKind, section: number) {
  const table = await setTable([baobab]);
  const { circles } = await ask<Table>(baobab, 'get', `/api/partnerships/${table.partnershipId}`, {
    seat: table.facilitatorSeat,
  });
  const riverId = circles[1]!.id;
  const { code } = await ask<MintedCode>(baobab, 'post', `/api/circles/${riverId}/codes`, {
    seat: table.facilitatorSeat,
    body: { uses: 1, days: 1 },
  });
  const { seatId } = await ask<Joined>(river, 'post', '/api/join', {
    body: { code, handle: { picture: 'mango' }, locale: river.language },
  });
  const name = (person: Person, circleId: string, seat: string, chosen: string) =>
    ask(person, 'patch', `/api/circles/${circleId}`, { seat, body: { name: chosen } });
  await name(baobab, table.circleId, table.seats[0]!, 'Baobab');
  await name(river, riverId, seatId, 'River');
  const addressOf = (seat: string) => `/s/${seat}/d/${table.documents[kind]}/${section}`;
  return {
    baobab: addressOf(table.seats[0]!),
    river: addressOf(seatId),
    facilitator: addressOf(table.facilitatorSeat),
  };
}

/** Everybody opens the same section. */
export async function openTogether(
  people: readonly Person[],
  table: SetTable,
  kind: DocumentKind,
  section: number,
): Promise<Writing[]> {
  return Promise.all(
    people.map(async (person, index) => {
      await person.open(table.addressOf(index, kind, section));
      return person.writing(kind, section).ready();
    }),
  );
}

/** Somebody with the seat that they sit in. */
export interface Sitting {
  person: Person;
  seat: string;
}

/** The first seat of a circle, by the founding code that a facilitator made for it. */
export async function found(
  circleId: string,
  facilitator: Sitting,
  person: Person,
  picture: string,
): Promise<Sitting> {
  const { code } = await ask<MintedCode>(facilitator.person, 'post', `/api/circles/${circleId}/codes`, {
    seat: facilitator.seat,
    body: { uses: 1, days: 1 },
  });
  const joined = await ask<Joined>(person, 'post', '/api/join', {
    body: { code, handle: { picture }, locale: person.language },
  });
  return { person, seat: joined.seatId };
}
