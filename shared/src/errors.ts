import { z } from 'zod';

/**
 * Every way in which Longtable says no, on HTTP and on the socket alike. The text for people is the
 * message `error.<code>` in the locale files; a client decides by the code alone.
 *
 * `notFound` also means "not yours": telling them apart would tell who sits where.
 */
export const ErrorCode = z.enum([
  'badRequest', // the shape is wrong; `fields` says where
  'notFound', // does not exist, or is not yours to see
  'signedOut', // no session, or it has ended
  'waiting', // your seat waits at the door
  'codeUnknown', // no such code, or it is used up, revoked or expired
  'tooManyGuesses', // wait before trying another code
  'pinUnknown', // this PIN opens nothing on this phone
  'pinUnusable', // too easy to guess, or not free on this phone: which of the two is not said
  'tooLarge', // more than limits.ts allows; nothing was saved or lost
  'tooFast', // more often than limits.ts allows; try again shortly
  'busy', // more devices come at once than the server takes in; nothing was spent, try again in a minute
  'readOnly', // may be read, not written, by you or now
  'resync', // the update does not fit what the server holds: join again
  'notOwner', // the update speaks for a writer whose ticket was not presented
  'badContent', // the update does not fit the section's content schema
  'lineageChanged', // the room was rewritten; take your unsent words back and join again
  'notNow', // not allowed as things stand: they have moved on, or not yet; read them again
  'tableFull', // as many circles as a table may have sit there, or are promised a place
  'askedToday', // this was answered today already; tomorrow it can be asked again
  'notHeard', // a circle must mark a starred section before it can say yes to it
  'oldClient', // this page speaks an older protocol or content schema: reload
  'unreadable', // its key is gone, as after a restore; nothing was deleted, and whoever runs the server can help
  'unavailable', // the database does not answer; keep the words and try again
  'internal', // our fault; `errorId` names the line in the log
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What a client should do by itself: `retry` the same request later, `rejoin` the room, or `stop` and tell the person. */
export const afterError: Record<ErrorCode, 'retry' | 'rejoin' | 'stop'> = {
  badRequest: 'stop',
  notFound: 'stop',
  signedOut: 'stop',
  waiting: 'stop',
  codeUnknown: 'stop',
  tooManyGuesses: 'stop',
  pinUnknown: 'stop',
  pinUnusable: 'stop',
  tooLarge: 'stop',
  tooFast: 'retry',
  busy: 'stop',
  readOnly: 'stop',
  resync: 'rejoin',
  notOwner: 'rejoin',
  badContent: 'stop',
  lineageChanged: 'rejoin',
  notNow: 'stop',
  tableFull: 'stop',
  askedToday: 'stop',
  notHeard: 'stop',
  oldClient: 'stop',
  unreadable: 'stop',
  unavailable: 'retry',
  internal: 'retry',
};

export const httpStatus: Record<ErrorCode, number> = {
  badRequest: 400,
  notFound: 404,
  signedOut: 401,
  waiting: 403,
  codeUnknown: 404,
  tooManyGuesses: 429,
  pinUnknown: 404,
  pinUnusable: 409,
  tooLarge: 413,
  tooFast: 429,
  busy: 429,
  readOnly: 403,
  resync: 409,
  notOwner: 403,
  badContent: 422,
  lineageChanged: 409,
  notNow: 409,
  tableFull: 409,
  askedToday: 409,
  notHeard: 409,
  oldClient: 426,
  unreadable: 409,
  unavailable: 503,
  internal: 500,
};

/** The wire form of a refusal. `errorId` is present for `internal` only. */
export const WireError = z.object({
  code: ErrorCode,
  fields: z.array(z.string()).optional(),
  errorId: z.string().optional(),
});
export type WireError = z.infer<typeof WireError>;

/** Thrown anywhere; translated once per transport. `cause` is logged, never sent. */
export class LongtableError extends Error {
  readonly code: ErrorCode;
  readonly fields: string[] | undefined;
  constructor(code: ErrorCode, options: { fields?: string[]; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.name = 'LongtableError';
    this.code = code;
    this.fields = options.fields;
  }
}
