import { WireError, type ErrorCode } from '@longtable/shared/errors';
import type { SeatId } from '@longtable/shared/ids';
import { SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import type { z } from 'zod';

/** `offline` is ours: no answer came at all. */
export type RequestErrorCode = ErrorCode | 'offline';

export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly errorId: string | undefined;
  constructor(code: RequestErrorCode, errorId?: string) {
    super(code);
    this.name = 'RequestError';
    this.code = code;
    this.errorId = errorId;
  }
}

export const errorCodeOf = (error: unknown): RequestErrorCode =>
  error instanceof RequestError ? error.code : 'internal';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  seat?: SeatId | undefined;
  signal?: AbortSignal;
}

/** Sends a request to this server and nowhere else. Throws RequestError for every way in which it can fail. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const headers = new Headers();
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (options.seat !== undefined) headers.set(SEAT_HEADER, options.seat);
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch {
    throw new RequestError('offline');
  }
  if (!response.ok) throw await readError(response);
  return response;
}

/** As `send`, and reads the answer through its schema. */
export async function request<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  options: RequestOptions = {},
): Promise<z.infer<Schema>> {
  const response = await send(path, options);
  try {
    return schema.parse(await response.json());
  } catch {
    // The page and the server disagree about a shape: most often this page is the older one.
    throw new RequestError('oldClient');
  }
}

async function readError(response: Response): Promise<RequestError> {
  try {
    const error = WireError.parse(await response.json());
    return new RequestError(error.code, error.errorId);
  } catch {
    // A proxy in between answers without our wire form.
    return new RequestError(response.status >= 500 ? 'unavailable' : 'internal');
  }
}
