import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CircleId, PartnerId, type SeatId } from '@longtable/shared/ids';
import type { Join } from '@longtable/shared/protocol/http/circles';
import type { StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { setTable, sitDown, sitFirst, sitInOwnCircle } from './sit-down.ts';

const [OLD, NEW] = [
  '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01',
  '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f02',
] as SeatId[];
const body: Join = { code: 'ABCD-1234', handle: { picture: 'kite' }, locale: 'en' };
const before = new Set([OLD!]);

/** What the server says to each path; a path without an answer gets none at all. */
let answers: Record<string, () => Response>;
let asked: string[];
const realFetch = globalThis.fetch;
beforeEach(() => {
  asked = [];
  answers = { '/api/device': () => new Response(null, { status: 204 }) };
  globalThis.fetch = async (path) => {
    asked.push(String(path));
    const answer = answers[String(path)];
    if (!answer) throw new TypeError('no network');
    return answer();
  };
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

type Held = [SeatId | undefined, string, Partial<MySeat>?];
const holds = (...seats: Held[]) =>
  Response.json({
    seats: seats.map(([seatId, state, more]) => ({
      seatId,
      state,
      partnershipId: OLD,
      role: 'member',
      circleId: null,
      handle: body.handle,
      waysBack: [],
      ...more,
    })),
    phone: 'own',
    exitUrl: 'https://example.org',
    operator: null,
  });
const unknown = () => Response.json({ code: 'codeUnknown' }, { status: 404 });
const joined = () => Response.json({ seatId: NEW, partnershipId: OLD, state: 'waiting' });

it('the device has a session before it spends a code', async () => {
  answers['/api/join'] = joined;
  expect(await sitDown(body, { isAgain: false, before })).toMatchObject({ seatId: NEW });
  expect(asked).toEqual(['/api/device', '/api/join']);
});

it('spends no code where that gets no answer', async () => {
  delete answers['/api/device'];
  await expect(sitDown(body, { isAgain: false, before })).rejects.toMatchObject({ code: 'offline' });
  expect(asked).toEqual(['/api/device']);
});

it('joins all the same where the server makes no new devices for now: whoever has a code gets in', async () => {
  answers['/api/device'] = () => Response.json({ code: 'busy' }, { status: 429 });
  answers['/api/join'] = joined;
  expect(await sitDown(body, { isAgain: false, before })).toMatchObject({ seatId: NEW });
});

it('a second try goes on where the first one led, and knocks no second time', async () => {
  answers['/api/join'] = joined;
  answers['/api/me'] = () => holds([OLD, 'seated'], [NEW, 'waiting']);
  expect(await sitDown(body, { isAgain: true, before })).toMatchObject({ seatId: NEW, state: 'waiting' });
  expect(asked).not.toContain('/api/join');
});

it('a code that is used up may have been used by this device', async () => {
  answers['/api/join'] = unknown;
  answers['/api/me'] = () => holds([OLD, 'seated'], [NEW, 'seated']);
  expect(await sitDown(body, { isAgain: false, before })).toMatchObject({ seatId: NEW, state: 'seated' });
});

it('or not: seats from before, and a door that stayed closed, are none that it brought', async () => {
  answers['/api/join'] = unknown;
  answers['/api/me'] = () => holds([OLD, 'seated'], [NEW, 'refused']);
  await expect(sitDown(body, { isAgain: false, before })).rejects.toMatchObject({ code: 'codeUnknown' });
});

describe('a seat that is there although nobody was told', () => {
  const CIRCLE = CircleId.parse('6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f03');
  const PARTNER = PartnerId.parse('6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f04');
  const [firstSeat, ownSeat] = [`/api/circles/${CIRCLE}/first-seat`, `/api/askings/${PARTNER}/seat`];
  const gone = () => Response.json({ code: 'notFound' }, { status: 404 });
  const facilitates: Partial<MySeat> = { role: 'facilitator' };

  it('a facilitator finds the circle taken, and by themselves', async () => {
    answers[firstSeat] = gone;
    answers['/api/me'] = () => holds([OLD, 'seated', facilitates], [NEW, 'seated', { circleId: CIRCLE }]);
    expect(await sitFirst(OLD!, CIRCLE, body.handle)).toMatchObject({ seatId: NEW });
  });

  it('or by somebody else', async () => {
    answers[firstSeat] = gone;
    answers['/api/me'] = () => holds([OLD, 'seated', facilitates]);
    await expect(sitFirst(OLD!, CIRCLE, body.handle)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('an organisation that asks for its seat again finds it', async () => {
    answers[ownSeat] = gone;
    answers['/api/me'] = () => holds([OLD, 'seated'], [NEW, 'seated', { circleId: CIRCLE }]);
    expect(await sitInOwnCircle(PARTNER, body.handle, { isAgain: true, before })).toMatchObject({
      seatId: NEW,
    });
    answers['/api/me'] = () => holds([OLD, 'seated']);
    await expect(sitInOwnCircle(PARTNER, body.handle, { isAgain: true, before })).rejects.toMatchObject({
      code: 'notFound',
    });
  });

  const table: StartPartnership = {
    title: 'A table',
    template: 'one-evening',
    locales: ['en'],
    circles: 2,
    handle: body.handle,
    starter: 'group',
  };
  const started = () => Response.json({ partnershipId: OLD, seatId: NEW, circleSeatId: null });

  it('a table is set by a device that has a session', async () => {
    answers['/api/partnerships'] = started;
    expect(await setTable(table, { isAgain: false, before })).toMatchObject({
      seatId: NEW,
      isEarlier: false,
    });
    expect(asked).toEqual(['/api/device', '/api/partnerships']);
  });

  it('whoever sets it again comes to the one that stands already, with both seats', async () => {
    const INSIDE = PARTNER as string as SeatId;
    answers['/api/partnerships'] = started;
    answers['/api/me'] = () =>
      holds(
        [OLD, 'seated', facilitates],
        [INSIDE, 'seated', { circleId: CIRCLE }],
        [NEW, 'seated', facilitates],
      );
    expect(await setTable(table, { isAgain: true, before })).toEqual({
      partnershipId: OLD,
      seatId: NEW,
      circleSeatId: INSIDE,
      isEarlier: true,
    });
    expect(asked).not.toContain('/api/partnerships');
  });

  it('and sets one where none stands', async () => {
    answers['/api/partnerships'] = started;
    answers['/api/me'] = () => holds([OLD, 'seated', facilitates]);
    expect(await setTable(table, { isAgain: true, before })).toMatchObject({ seatId: NEW });
    expect(asked).toContain('/api/partnerships');
  });
});
