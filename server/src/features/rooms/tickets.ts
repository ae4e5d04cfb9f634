import { timingSafeEqual } from 'node:crypto';
import { Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import { z } from 'zod';
import type { Keyring } from '../../platform/keyring.ts';

/**
 * A ticket binds one Yjs clientID to a seat, a room and its lineage. It is signed and kept by the client,
 * so the server remembers nothing and a SIGKILL breaks nobody.
 */
const Ticket = z.tuple([RoomId, Lineage, SeatId, z.number().int().positive()]);

export interface TicketPlace {
  room: RoomId;
  lineage: Lineage;
  seat: SeatId;
}

/** `<base64url of the JSON tuple>.<base64url of its HMAC>` */
export function signTicket(keyring: Keyring, { room, lineage, seat }: TicketPlace, clientId: number): string {
  const body = Buffer.from(JSON.stringify([room, lineage, seat, clientId])).toString('base64url');
  return `${body}.${keyring.mac('ticket', body).toString('base64url')}`;
}

/** The clientID that a ticket binds, or null where it was not signed by us for just this place. */
export function readTicket(keyring: Keyring, place: TicketPlace, ticket: string): number | null {
  const [body = '', mac = ''] = ticket.split('.');
  const expected = keyring.mac('ticket', body);
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [room, lineage, seat, clientId] = Ticket.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return room === place.room && lineage === place.lineage && seat === place.seat ? clientId : null;
}
