import { describe, expect, it } from '@jest/globals';
import type { HolderId, SessionId } from './people.repository.ts';
import * as policy from './phone.policy.ts';
import type { HeldSeat, PhoneFacts } from './phone.policy.ts';

const [here, elsewhere] = ['session-here', 'session-elsewhere'] as SessionId[];
const [mine, theirs] = ['holder-mine', 'holder-theirs'] as HolderId[];

const phones = {
  own: { id: here!, isShared: false, holderId: null },
  shared: { id: here!, isShared: true, holderId: mine! },
  locked: { id: here!, isShared: true, holderId: null },
} satisfies Record<string, PhoneFacts>;
type Phone = keyof typeof phones;

/** Which phone may; the others may not. */
const actions: [Exclude<keyof typeof policy, 'phoneState' | 'isOpenFor'>, Phone[]][] = [
  ['canTakeSeat', ['own', 'shared']],
  ['canStartSharing', ['own']],
  ['canPass', ['shared']],
  ['canOpen', ['locked']],
  ['canBringSomeone', ['shared', 'locked']],
];

/** Every way in which a device can hold a seat, and the phones on which that seat is open. */
const seats: [string, HeldSeat, Phone[]][] = [
  ['behind no PIN', { sessionId: here!, holderId: null }, ['own']],
  ['behind the PIN that is open', { sessionId: here!, holderId: mine! }, ['shared']],
  ['behind another PIN', { sessionId: here!, holderId: theirs! }, []],
  ['of another device', { sessionId: elsewhere!, holderId: null }, []],
  ['of another device, behind a PIN', { sessionId: elsewhere!, holderId: mine! }, []],
  ['of no device', { sessionId: null, holderId: null }, []],
];

describe('several of us on one phone', () => {
  const names = Object.keys(phones) as Phone[];

  it.each(
    actions.flatMap(([action, may]) => names.map((phone) => [action, phone, may.includes(phone)] as const)),
  )('%s · %s: %s', (action, phone, expected) => expect(policy[action](phones[phone])).toBe(expected));

  it.each(
    seats.flatMap(([name, seat, open]) =>
      names.map((phone) => ({ name, seat, phone, expected: open.includes(phone) })),
    ),
  )('a seat $name is open on a phone that is $phone: $expected', ({ seat, phone, expected }) => {
    expect(policy.isOpenFor(phones[phone], seat)).toBe(expected);
  });

  it('has a row for every action', () => {
    expect([...actions.map(([action]) => action), 'phoneState', 'isOpenFor'].sort()).toEqual(
      Object.keys(policy).sort(),
    );
  });
});
